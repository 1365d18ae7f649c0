import type { Core } from '@strapi/strapi';

import type { CompiledLink, MessageForm } from '../content';
import { crmConfig, database, sign } from '../kernel';

import type { Channel } from './channels/channel';
import type { PersonalLinks } from './composition';
import { CLICK, clickPayload, messagePayload, OPEN, UNSUBSCRIBE } from './domain/tracking-token';
import { linkFingerprint, storeLinks } from './store/links';

const FORMS: Readonly<Record<Channel['rendering'], readonly MessageForm[]>> = {
  email: ['email', 'text'],
  line: ['line'],
  sms: ['text'],
};

/** Those of an entry that stand in the messages of a channel. */
export const linksOn = (
  { rendering }: Pick<Channel, 'rendering'>,
  links: readonly CompiledLink[],
): readonly CompiledLink[] =>
  links.filter(({ forms }) => FORMS[rendering].some((form) => forms.has(form)));

type Link = { readonly key: string; readonly url: string };

export function unsubscribeUrl(strapi: Core.Strapi, messageId: number): string {
  const { publicUrl, secret } = crmConfig(strapi);
  return new URL(
    `/m/unsubscribe/${sign(secret, UNSUBSCRIBE, messagePayload(messageId))}`,
    publicUrl,
  ).href;
}

/**
 * Stores a campaign's links once; then gives every message its own signed addresses. Who refused to
 * be tracked gets the editor's links as they are, and no pixel; saying no stays one click away.
 */
export async function personalLinks(
  strapi: Core.Strapi,
  campaignId: number,
  links: readonly Link[],
): Promise<(messageId: number, isUntracked: boolean) => PersonalLinks> {
  const { publicUrl, secret } = crmConfig(strapi);
  const origin = publicUrl.replace(/\/$/, '');
  const numbers = await storeLinks(database(strapi), campaignId, links);
  const numberOf = new Map(
    links.map((link) => [`${link.key}\n${link.url}`, numbers.get(linkFingerprint(link))]),
  );
  return (messageId, isUntracked) => ({
    link: ({ key, url }) => {
      if (isUntracked) return url;
      const number = numberOf.get(`${key}\n${url}`);
      if (number === undefined) return url;
      return `${origin}/r/${sign(secret, CLICK, clickPayload(messageId, number))}`;
    },
    unsubscribeUrl: unsubscribeUrl(strapi, messageId),
    openPixelUrl: isUntracked
      ? null
      : `${origin}/o/${sign(secret, OPEN, messagePayload(messageId))}.gif`,
  });
}
