/** What a member and a LINE user do, from end to end, over HTTP. */
import { z } from 'zod';

import type { LineWorld } from '../integration/line/world';
import type { TestApp } from './app';
import { compiled, kernel } from './crm';
import type { FakeSmtp } from './fake-smtp';
import { registerMember } from './member';

type Delivery = typeof import('../../src/plugins/crm/server/delivery');

const LINK = /[^"\\]*\/m\/line\/link\?linkToken=[^"\\]+/;

/** Sends everything that is due. */
export async function sendAll(app: TestApp): Promise<void> {
  await kernel().drainEvents(app.strapi);
  await compiled<Delivery>('delivery').deliveryService(app.strapi).drain();
  await kernel().jobs(app.strapi).idle();
}

/**
 * Registers with this address, adds the LINE account as friend, taps the greeting's button, agrees
 * on the site and in LINE's dialog. Returns the LINE user id.
 */
export async function linkMember(world: LineWorld, smtp: FakeSmtp, email: string): Promise<string> {
  const { app } = world;
  await kernel().database(app.strapi)('crm_rate_limits').delete();
  const { browser } = await registerMember(app, smtp, email);
  const user = await world.person();
  await world.act('POST', `users/${user}/follow`);
  await world.drain();
  const greeting = JSON.stringify(await world.inbox(user));
  const link = LINK.exec(greeting)?.[0];
  if (!link) throw new Error(`No link button in the greeting: ${greeting}`);
  const linkToken = new URL(link).searchParams.get('linkToken') ?? '';
  const answer = await browser.form('/m/line/link', { linkToken, consent: 'yes' });
  const onward = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(answer.text)?.[1];
  const dialog = z.string().min(1).parse(onward);
  await fetch(dialog.replaceAll('&amp;', '&'));
  await world.drain();
  return user;
}
