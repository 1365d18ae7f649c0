/** Web接客: which messages a page shows to whom, and what became of them. */
import type { Core } from '@strapi/strapi';

import type { OnsiteEvent, OnsiteMessage, OnsiteQuery, OnsiteReport } from '../../shared/onsite';
import { accessService, type Viewer } from '../access';
import { contentService, type ContentDocument } from '../content';
import { clock, crmConfig, refuse, success, translate, type Locale, type Result } from '../kernel';
import { ONSITE_MESSAGE } from './content-type';
import { dayStart, firstOfEach, isFor, isWithinCaps, type StoredMessage } from './domain/choose';
import { allMessages, insertEvent, seenBy, totals } from './store';

const text = (entry: ContentDocument, name: string): string =>
  typeof entry[name] === 'string' ? entry[name] : '';

const whole = (entry: ContentDocument, name: string): number | null =>
  typeof entry[name] === 'number' ? entry[name] : null;

const storedMessage = (entry: ContentDocument): StoredMessage => ({
  documentId: entry.documentId,
  name: text(entry, 'name'),
  kind: entry.kind === 'popup' ? 'popup' : 'banner',
  heading: text(entry, 'heading'),
  text: text(entry, 'text'),
  buttonLabel: text(entry, 'buttonLabel'),
  buttonUrl: text(entry, 'buttonUrl'),
  audience: entry.audience ?? null,
  paths: text(entry, 'paths').split(/\s+/).filter(Boolean),
  place: entry.place === 'top' ? 'top' : 'bottom',
  trigger: (['delay', 'scroll', 'leave'] as const).find((on) => on === entry.trigger) ?? 'load',
  triggerValue: whole(entry, 'triggerValue') ?? 0,
  perSession: whole(entry, 'perSession') ?? 1,
  perDay: whole(entry, 'perDay'),
  perLifetime: whole(entry, 'perLifetime'),
  priority: whole(entry, 'priority') ?? 0,
});

const published = async (strapi: Core.Strapi, locale: Locale): Promise<StoredMessage[]> =>
  (await contentService(strapi).listEntries(ONSITE_MESSAGE, locale)).map(storedMessage);

/** Whom a person is counted as; nobody where she may not be recognised. */
const unitsOf = ({ customerId, visitorId }: Viewer): readonly string[] => [
  ...(customerId === undefined ? [] : [`c:${customerId}`]),
  ...(visitorId === undefined ? [] : [`v:${visitorId}`]),
];

export async function messagesFor(
  strapi: Core.Strapi,
  viewer: Viewer,
  query: OnsiteQuery,
): Promise<readonly OnsiteMessage[]> {
  const now = clock(strapi).now();
  // An editor's preview and a program with a token are no visitors.
  if (viewer.kind === 'preview' || viewer.simulated) return [];
  const meant = (await published(strapi, query.lang)).filter(
    (message) => isFor(message, query.path) && isMeantFor(strapi, message, viewer, now),
  );
  if (meant.length === 0) return [];
  const units = unitsOf(viewer);
  const since = dayStart(now, crmConfig(strapi).timeZone);
  const seen = units.length > 0 ? await seenBy(strapi, units, since) : new Map();
  const open = meant.filter((message) => isWithinCaps(message, seen.get(message.documentId)));
  const close = translate(strapi, query.lang, 'onsite.close');
  const chosen = firstOfEach(open);
  return Promise.all(
    chosen.map(async (message) => drawn(await filled(strapi, message, viewer, query.lang), close)),
  );
}

function isMeantFor(strapi: Core.Strapi, { audience }: StoredMessage, viewer: Viewer, now: Date) {
  if (audience === null) return true;
  const rule =
    typeof audience === 'object' && 'audience' in audience ? audience.audience : undefined;
  return accessService(strapi).allows(rule, viewer, now);
}

async function filled(
  strapi: Core.Strapi,
  message: StoredMessage,
  viewer: Viewer,
  locale: Locale,
): Promise<StoredMessage> {
  const { heading, text: body, buttonLabel } = message;
  const texts = { heading, text: body, buttonLabel };
  return { ...message, ...(await contentService(strapi).fillTexts(texts, viewer, locale)) };
}

const drawn = (message: StoredMessage, close: string): OnsiteMessage => ({
  id: message.documentId,
  kind: message.kind,
  heading: message.heading,
  text: message.text,
  button:
    message.buttonLabel && message.buttonUrl
      ? { label: message.buttonLabel, url: message.buttonUrl }
      : null,
  place: message.place,
  trigger: { on: message.trigger, value: message.triggerValue },
  perSession: message.perSession,
  close,
});

export async function recordEvent(
  strapi: Core.Strapi,
  viewer: Viewer,
  event: { readonly message: string; readonly type: OnsiteEvent },
): Promise<Result<undefined>> {
  const known = [...(await published(strapi, 'ja')), ...(await published(strapi, 'en'))];
  if (!known.some(({ documentId }) => documentId === event.message)) {
    return refuse('onsite.unknown', 404);
  }
  const [unit] = unitsOf(viewer);
  const at = clock(strapi).now().getTime();
  await insertEvent(strapi, { ...event, unit: unit ?? null, at });
  return success(undefined);
}

export async function report(strapi: Core.Strapi): Promise<OnsiteReport[]> {
  const [messages, counted] = await Promise.all([
    allMessages(strapi, ONSITE_MESSAGE),
    totals(strapi),
  ]);
  const count = (message: unknown, type: OnsiteEvent) =>
    counted.find((row) => row.message === message && row.type === type)?.total ?? 0;
  return messages.map(({ documentId, name, kind }) => ({
    documentId: String(documentId),
    name: String(name),
    kind: kind === 'popup' ? 'popup' : 'banner',
    shown: count(documentId, 'shown'),
    closed: count(documentId, 'closed'),
    clicked: count(documentId, 'clicked'),
  }));
}
