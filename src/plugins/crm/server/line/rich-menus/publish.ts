/** A design becomes a menu at LINE: made, given its picture, kept as a version. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, translate, type LineAccountConfig } from '../../kernel';
import { lineClient } from '../client';
import { describeProblem, type LineProblem } from '../domain/api-error';
import { definitionOf, type StoredMenu } from '../domain/rich-menu';
import { setVersion, versionOf, type MenuVersion } from '../store';
import { drawMenu } from './draw';

/** Another number draws and makes every menu anew. */
const DRAWING = 1;

/** The word that the link field says; the answer to it is the button (domain/keyword.ts). */
export const linkWord = (strapi: Core.Strapi): string =>
  translate(strapi, crmConfig(strapi).defaultLocale, 'line.menu.link-word');

export const definitionFor = (strapi: Core.Strapi, menu: StoredMenu) =>
  definitionOf(menu, { publicUrl: crmConfig(strapi).publicUrl, link: linkWord(strapi) });

/** The same for the same picture and buttons. */
export const digestOf = (strapi: Core.Strapi, menu: StoredMenu): string =>
  createHash('sha256')
    .update(JSON.stringify([DRAWING, definitionFor(strapi, menu), menu.design]))
    .digest('hex');

/** `later`: LINE could not be asked now. */
export type Published =
  | { readonly kind: 'ready'; readonly richMenuId: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'later' };

const HAS_ONE = 'already been uploaded';

/** LINE will not take this one, however often it is asked. */
const isFinal = ({ kind }: LineProblem): boolean => kind === 'invalid';

async function failed(
  strapi: Core.Strapi,
  version: MenuVersion,
  problem: LineProblem,
): Promise<Published> {
  const reason = describeProblem(problem);
  strapi.log.warn(`crm: rich menu ${version.menu} did not get to LINE: ${reason}`);
  if (isFinal(problem)) {
    await setVersion(database(strapi), version.id, { state: 'refused', problem: reason });
    return { kind: 'refused' };
  }
  return { kind: 'later' };
}

/**
 * Step by step, each written down before the next: after a crash it goes on where it stood. Only a
 * crash right after LINE made the menu leaves one there that nobody uses.
 */
export async function publish(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menu: StoredMenu,
): Promise<Published> {
  const db = database(strapi);
  const key = { account: account.key, menu: menu.documentId, digest: digestOf(strapi, menu) };
  const version = await versionOf(db, key, clock(strapi).now().getTime());
  if (version.state === 'refused') return { kind: 'refused' };
  if (version.state === 'ready' && version.richMenuId !== null) {
    return { kind: 'ready', richMenuId: version.richMenuId };
  }
  const client = lineClient(strapi, account);
  let { richMenuId } = version;
  if (richMenuId === null) {
    const made = await client.createMenu(definitionFor(strapi, menu));
    if (!made.ok) return failed(strapi, version, made.problem);
    richMenuId = made.value;
    await setVersion(db, version.id, { state: 'made', richMenuId });
  }
  const drawn = await client.uploadMenuPicture(richMenuId, await drawMenu(menu.design));
  const has =
    !drawn.ok && drawn.problem.kind === 'invalid' && drawn.problem.reason.includes(HAS_ONE);
  if (!drawn.ok && !has) return failed(strapi, version, drawn.problem);
  await setVersion(db, version.id, { state: 'ready' });
  return { kind: 'ready', richMenuId };
}
