/** How mail goes out now: as it is configured, and as it went. Nothing is changed here. */
import type { Core } from '@strapi/strapi';

import type { MailLimitView, MailSending, MailServerView } from '../../../shared/mail-sending';
import { crmConfig, placesTaken, refuse, success, type Result } from '../../kernel';

import { askForGreeting, type Greeting } from '../channels/smtp/greeting';
import { mailLimits, placesNamed } from '../channels/smtp/limiter';
import { configuredServers } from '../channels/smtp/servers';
import { serverStates, type StandingOfServer } from '../health/servers';

const serverView = (
  { server, state, takenAt, failingSince, problem }: StandingOfServer,
  sender: string,
): MailServerView => {
  const { key, host, port, secure, streams, from, connections } = server;
  return {
    ...{ key, host, port, secure, streams, connections },
    sender: from?.address ?? sender,
    ...{ state, takenAt, failingSince, problem },
  };
};

export async function mailSending(strapi: Core.Strapi): Promise<MailSending> {
  const config = crmConfig(strapi);
  const { email } = config;
  const standing = await serverStates(strapi);
  const { mailbox, ses, sendgrid, mailgun } = email.feedback;
  return {
    servers: standing.map((each) => serverView(each, email.from.address)),
    limits: await limitViews(strapi),
    warmUpSince: email.limits.warmUp?.since ?? null,
    feedback: Object.entries({ mailbox, ses, sendgrid, mailgun }).flatMap(([name, set]) =>
      set ? [name as MailSending['feedback'][number]] : [],
    ),
  };
}

async function limitViews(strapi: Core.Strapi): Promise<MailLimitView[]> {
  const views: MailLimitView[] = [];
  for (const limit of mailLimits(strapi)) {
    const { kind, domains, server, windowMs } = limit;
    views.push({
      kind,
      domains: [...domains],
      server,
      windowSeconds: windowMs / 1_000,
      limit: limit.limit(),
      used: await placesTaken(strapi, placesNamed(limit), windowMs),
    });
  }
  return views;
}

/** Asks one server for its greeting, here and now. */
export async function checkServer(strapi: Core.Strapi, key: string): Promise<Result<Greeting>> {
  const server = configuredServers(crmConfig(strapi)).find((each) => each.key === key);
  return server ? success(await askForGreeting(server)) : refuse('delivery.server-unknown', 404);
}
