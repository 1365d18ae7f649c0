/** A campaign's entry, compiled once; everything a person costs afterwards is a render. */
import type { Core } from '@strapi/strapi';

import type { CampaignInput } from '../../shared/delivery';
import { accessService, type Viewer } from '../access';
import { contentService, type CompiledEntry, type Recipient } from '../content';
import type { Customer } from '../customers';
import { clock, joinFramed } from '../kernel';

import { webUrlOf } from './archive/address';
import type { Channel, MessageContent } from './channels/channel';

type Compilable = Pick<CampaignInput, 'source' | 'subject' | 'preheader' | 'lineAltText'> & {
  /** Null or left out: the message says no address of its own. */
  readonly webUrl?: string | null;
};

/** Addresses of one person's message. A preview has none, so its links go where they point. */
export interface PersonalLinks {
  link(link: { readonly key: string; readonly url: string }): string;
  readonly unsubscribeUrl: string;
  /** Null: she is not to be tracked. */
  readonly openPixelUrl: string | null;
}

/** What an editor looks at: as it will be sent, its own address on the web included. */
export const compileDraft = (
  strapi: Core.Strapi,
  campaign: CampaignInput,
  documentId: string | undefined,
): Promise<CompiledEntry | null> =>
  compileCampaign(strapi, {
    ...campaign,
    webUrl: documentId ? webUrlOf(strapi, { web: campaign.web, documentId }) : null,
  });

export async function compileCampaign(
  strapi: Core.Strapi,
  campaign: Compilable,
): Promise<CompiledEntry | null> {
  if (!campaign.source) return null;
  return contentService(strapi).compileEntry(campaign.source, {
    subject: campaign.subject,
    preheader: campaign.preheader,
    lineAltText: campaign.lineAltText,
    ...(campaign.webUrl && { webUrl: campaign.webUrl }),
  });
}

export type Rendered =
  { readonly content: MessageContent } | { readonly withheld: 'access' | 'nothing-to-show' };

const empty = { subject: '', preheader: '', html: '', text: '', altText: '', lineMessages: [] };

interface Addressee {
  readonly customer: Customer | null;
  readonly viewer: Viewer;
  readonly links?: PersonalLinks;
}

const recipientOf = (strapi: Core.Strapi, { customer, viewer, links }: Addressee): Recipient => ({
  customer: { ...(customer ?? {}) },
  viewer,
  now: clock(strapi).now(),
  ...(links && {
    link: links.link,
    unsubscribeUrl: links.unsubscribeUrl,
    ...(links.openPixelUrl !== null && { openPixelUrl: links.openPixelUrl }),
  }),
});

const reasonOf = ({ withheld }: { readonly withheld: string }) =>
  withheld === 'no-blocks' ? 'nothing-to-show' : 'access';

/** What this person gets by this channel, by the same gate as on the site. */
export function renderFor(
  strapi: Core.Strapi,
  compiled: CompiledEntry,
  channel: Pick<Channel, 'rendering'>,
  person: Addressee,
): Rendered {
  const rendered = compiled[channel.rendering](recipientOf(strapi, person));
  if ('withheld' in rendered) return { withheld: reasonOf(rendered) };
  if ('messages' in rendered) {
    const { altText } = rendered;
    return { content: { ...empty, subject: altText, altText, lineMessages: rendered.messages } };
  }
  return { content: { ...empty, ...rendered } };
}

/**
 * The same for one of many: the HTML of a mail is joined by whoever asks for it, and not at all on
 * this thread where another writes the mail.
 */
export function renderForMany(
  strapi: Core.Strapi,
  compiled: CompiledEntry,
  channel: Pick<Channel, 'rendering'>,
  person: Addressee,
): Rendered {
  if (channel.rendering !== 'email') return renderFor(strapi, compiled, channel, person);
  const rendered = compiled.mail(recipientOf(strapi, person));
  if ('withheld' in rendered) return { withheld: reasonOf(rendered) };
  const { subject, html: framedHtml, text } = rendered;
  const html = () => joinFramed(framedHtml);
  return {
    content: {
      ...{ ...empty, subject, framedHtml, text },
      get html() {
        return html();
      },
    },
  };
}

/** Sees every block: what is counted or linted looks at all that anybody might get. */
export const everything: Viewer = {
  kind: 'preview',
  plans: [],
  segments: new Set(),
  context: {},
};

/** The message with every block in it; null where nothing of it shows. */
export function renderWhole(
  strapi: Core.Strapi,
  compiled: CompiledEntry,
  channel: Pick<Channel, 'rendering'>,
): MessageContent | null {
  const rendered = renderFor(strapi, compiled, channel, { customer: null, viewer: everything });
  return 'content' in rendered ? rendered.content : null;
}

export async function viewersOf(
  strapi: Core.Strapi,
  customerIds: readonly number[],
): Promise<Map<number, Viewer>> {
  return accessService(strapi).viewersForCustomers(customerIds);
}
