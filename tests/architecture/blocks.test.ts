/**
 * Every block that stands in a dynamic zone of the site says something on the page, in the mail, in
 * its text part, which SMS is made of, and on LINE, or it is written down here why it does not.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { siteBlocks } from '../../src/site/blocks';
import { blockKinds } from '../../src/plugins/crm/server/content/block-kinds';
import { createRendererRegistry } from '../../src/plugins/crm/server/content/renderers/registry';
import type { BlockContext } from '../../src/plugins/crm/shared/content';

const source = path.resolve(__dirname, '..', '..', 'src');
const CHANNELS = ['web', 'email', 'text', 'line'] as const;
type Channel = (typeof CHANNELS)[number];

/** What is not shown on a channel, and why. */
const NOT_SHOWN: Readonly<Record<string, Readonly<Partial<Record<Channel, string>>>>> = {
  'crm.quick-replies': {
    web: 'buttons below the last message of a conversation',
    email: 'buttons below the last message of a conversation',
    text: 'buttons below the last message of a conversation',
  },
  'crm.line-coupon': {
    web: 'LINE keeps the coupon and shows it to nobody else',
    email: 'LINE keeps the coupon and shows it to nobody else',
    text: 'LINE keeps the coupon and shows it to nobody else',
  },
};

/** Never drawn: something else takes their place before. */
const REPLACED: Readonly<Record<string, string>> = {
  'blocks.shared': 'the blocks of the entry that it names stand in its place',
  'blocks.teaser-divider': 'says where the teaser ends; the page draws an invitation there',
};

/** In one piece wherever it stands: Japanese is cut into phrases on the page. */
const WORDS = 'harbour';
const picture = { url: '/uploads/a.jpg', width: 100, height: 100 };
const product = { title: WORDS, artist: '縁', code: 'A', slug: 'a', price: 3300 };

/** One of each, its words in the place that matters most. */
const EXAMPLES: Readonly<Record<string, object>> = {
  'blocks.hero': { heading: WORDS },
  'blocks.rich-text': {
    body: [{ type: 'paragraph', children: [{ type: 'text', text: WORDS }] }],
  },
  'blocks.image': { image: picture, alt: WORDS, caption: WORDS },
  'blocks.quote': { text: WORDS },
  'blocks.callout': { heading: WORDS },
  'blocks.button': { label: WORDS, url: '/articles/jazz' },
  'blocks.product-list': { products: [product] },
  'crm.video': { url: `https://films.example/${WORDS}.mp4`, poster: picture, caption: WORDS },
  'crm.imagemap': { image: picture, alt: WORDS, layout: 'whole', areas: [] },
  'crm.quick-replies': { items: [{ label: WORDS, action: 'message' }] },
  'crm.line-coupon': { couponId: WORDS },
};

const schemaSchema = z.looseObject({
  attributes: z.record(
    z.string(),
    z.looseObject({ type: z.string(), components: z.array(z.string()).optional() }),
  ),
});
const schemaAt = (file: string) => schemaSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

function blocksOfTheSite(): readonly string[] {
  const api = path.join(source, 'api');
  const zones = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('schema.json'))
    .flatMap((file) => Object.values(schemaAt(path.join(api, file)).attributes));
  return [...new Set(zones.flatMap(({ components }) => components ?? []))].sort();
}

const context: BlockContext = {
  locale: 'ja',
  theme: {
    siteName: '縁',
    accent: '#c00',
    onAccent: '#fff',
    ink: '#111',
    quiet: '#666',
    paper: '#fff',
  },
  url: (address) => new URL(address, 'https://shop.example.jp').href,
  link: (address) => new URL(address, 'https://shop.example.jp').href,
  sizedPicture: () => 'https://shop.example.jp/m/pictures/a',
  html: (text) => String(text),
};

const registry = createRendererRegistry((uid) => {
  const [category = '', name = ''] = uid.split('.');
  return category === 'blocks'
    ? schemaAt(path.join(source, 'components', category, `${name}.json`)).attributes
    : {};
});
for (const [uid, { renderers }] of blockKinds) registry.register(uid, renderers);
for (const [uid, renderers] of Object.entries(siteBlocks)) registry.register(uid, renderers);

/** What a channel makes of the example, as one text; empty when it shows nothing. */
function drawn(uid: string, channel: Channel): string {
  const block = { __component: uid, id: 1, ...EXAMPLES[uid] };
  const made = registry.of(uid)[channel](block, context);
  const text = typeof made === 'string' ? made : JSON.stringify(made);
  return text === '{}' ? '' : text;
}

describe('a block of the site', () => {
  const blocks = blocksOfTheSite();

  it('is one of these', () => {
    const known = [...Object.keys(EXAMPLES), ...Object.keys(REPLACED)].sort();
    expect(blocks, 'a new block needs an example here').toEqual(known);
  });

  it.each(blocks.filter((uid) => !(uid in REPLACED)))('%s is shown on every channel', (uid) => {
    for (const channel of CHANNELS) {
      const silent = NOT_SHOWN[uid]?.[channel] !== undefined;
      const text = drawn(uid, channel);
      if (silent) expect([channel, text]).toEqual([channel, '']);
      else expect(`${channel}: ${text}`).toContain(WORDS);
    }
  });
});
