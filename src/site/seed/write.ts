/** Small words for writing seed content. */
import type { SeedBlock } from './types';

interface RichNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

const leaf = (text: string): RichNode => ({ type: 'text', text });

/** A line that begins with `## ` is a heading, with `- ` an item of a list, else a paragraph. */
export function prose(...lines: readonly string[]): SeedBlock {
  const body: RichNode[] = [];
  for (const line of lines) {
    if (line.startsWith('## ')) {
      body.push({ type: 'heading', level: 2, children: [leaf(line.slice(3))] });
    } else if (line.startsWith('- ')) {
      const item = { type: 'list-item', children: [leaf(line.slice(2))] };
      const last = body.at(-1);
      if (last?.type === 'list') (last.children as RichNode[]).push(item);
      else body.push({ type: 'list', format: 'unordered', children: [item] });
    } else {
      body.push({ type: 'paragraph', children: [leaf(line)] });
    }
  }
  return { __component: 'blocks.rich-text', body };
}

export const quote = (text: string, source: string): SeedBlock => ({
  __component: 'blocks.quote',
  text,
  source,
});

export const picture = (artwork: string, alt: string, caption: string): SeedBlock => ({
  __component: 'blocks.image',
  artwork,
  alt,
  caption,
});

export const divider = (heading: string, text: string): SeedBlock => ({
  __component: 'blocks.teaser-divider',
  heading,
  text,
});

/** `slugs` become relations when the entry is written. */
export const shelf = (heading: string, slugs: readonly string[]): SeedBlock => ({
  __component: 'blocks.product-list',
  heading,
  products: slugs,
});

export const forVisitors = { audience: { type: 'visitors' } } as const;
export const forMembers = { audience: { type: 'members' } } as const;
export const forPlatinum = { audience: { type: 'tiers', keys: ['platinum'] } } as const;

export const inSlot = <A extends object>(audience: A, slot: string) => ({ ...audience, slot });
