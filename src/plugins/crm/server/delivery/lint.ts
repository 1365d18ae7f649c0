/** Reads a message by every rule of `domain/lint/`, before anybody gets it. */
import type { Core } from '@strapi/strapi';

import { customerSchema } from '../../shared/customers';
import type { CampaignInput } from '../../shared/delivery';
import { unknownVisitor, type Viewer } from '../access';
import { contentService, type CompiledEntry } from '../content';
import { customFields, type Customer } from '../customers';
import { clock } from '../kernel';

import type { Channel, MessageContent } from './channels/channel';
import { everything, renderFor } from './composition';
import type { Finding } from './domain/lint/rule';
import { lintMessage } from './domain/lint/table';
import { linksOn } from './links';

/** Every single value that a merge field can name. */
const fieldsOf = (strapi: Core.Strapi, { tagNames }: CompiledEntry): ReadonlySet<string> =>
  new Set([
    ...Object.keys(customerSchema.omit({ custom: true }).shape).map((name) => `customer.${name}`),
    ...customFields(strapi).map(({ name }) => `customer.custom.${name}`),
    ...tagNames.map((name) => `tag.${name}`),
  ]);

/** Long, but not longer than people write. */
const EXAMPLE = '縁'.repeat(40);

/** Somebody of whom everything is known: what her mail takes is the most that a mail takes. */
const example = (fields: ReadonlySet<string>): Partial<Customer> => {
  const named = (prefix: string) =>
    [...fields].flatMap((field) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), EXAMPLE]] : [],
    );
  return {
    ...Object.fromEntries(named('customer.')),
    custom: Object.fromEntries(named('customer.custom.')),
  };
};

/** So many different links and pictures of one message are looked up. */
const MOST_LINKS = 200;

/** Files of the media library that a message shows; what it links to is among its links. */
const SHOWN = /https?:\/\/[^\s"'<>\\]+\/uploads\/[^\s"'<>\\?]+/g;

const shownIn = ({ html, lineMessages }: MessageContent): readonly string[] =>
  `${html} ${JSON.stringify(lineMessages)}`.match(SHOWN) ?? [];

async function sitePagesOf(
  strapi: Core.Strapi,
  links: CompiledEntry['links'],
  message: MessageContent,
) {
  const linked = links.map(({ url }) => url);
  const addresses = [...new Set([...linked, ...shownIn(message)])].slice(0, MOST_LINKS);
  const states = await Promise.all(
    addresses.map((address) => contentService(strapi).sitePageAt(address)),
  );
  return new Map(
    addresses.flatMap((address, at) => {
      const state = states[at];
      return state ? [[address, state] as const] : [];
    }),
  );
}

export async function lintedBy(
  strapi: Core.Strapi,
  campaign: Pick<CampaignInput, 'preheader'> & Partial<Pick<CampaignInput, 'lineAltText'>>,
  compiled: CompiledEntry,
  channel: Channel,
): Promise<readonly Finding[]> {
  const contentFor = (viewer: Viewer): MessageContent | null => {
    const rendered = renderFor(strapi, compiled, channel, { customer: null, viewer });
    return 'content' in rendered ? rendered.content : null;
  };
  const all = contentFor(everything);
  if (!all) return [];
  const fields = fieldsOf(strapi, compiled);
  const links = linksOn(channel, compiled.links);
  const now = clock(strapi).now();
  return lintMessage({
    heavyText: compiled.heavyText({ customer: example(fields), viewer: everything, now }),
    channel: channel.key,
    subject: all.subject,
    preheader: campaign.preheader,
    lineAltText: campaign.lineAltText,
    html: all.html,
    text: all.text || wordsIn(all.lineMessages).join('\n'),
    links,
    sitePages: await sitePagesOf(strapi, links, all),
    names: compiled.mergeNames(),
    fields,
    ...gates(all, contentFor(unknownVisitor)),
  });
}

/** False: a name, a condition or a gate makes one person's message another's. */
export function isSameForAll(
  strapi: Core.Strapi,
  compiled: CompiledEntry,
  channel: Channel,
): boolean {
  const known = example(fieldsOf(strapi, compiled)) as Customer;
  const drawn = [
    { customer: null, viewer: everything },
    { customer: known, viewer: everything },
    { customer: null, viewer: unknownVisitor },
  ].flatMap((person) => {
    const rendered = renderFor(strapi, compiled, channel, person);
    // An entry for some people only reaches only those.
    return 'content' in rendered ? JSON.stringify(rendered.content.lineMessages) : [];
  });
  return new Set(drawn).size <= 1;
}

/** What a LINE message says: its JSON is full of braces that are no merge fields. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    (key === 'text' || key === 'altText') && typeof inner === 'string' ? [inner] : wordsIn(inner),
  );
}

/** What a stranger to an open entry does not read; an entry for some reaches only those anyway. */
function gates(all: MessageContent, open: MessageContent | null) {
  if (!open) return { gatedLines: [], openLines: [] };
  const openLines = linesOf(open);
  const known = new Set(openLines);
  return { gatedLines: linesOf(all).filter((line) => !known.has(line)), openLines };
}

const linesOf = ({ text }: MessageContent): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
