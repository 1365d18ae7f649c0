import type {
  BlockContext,
  BlockData,
  BlockRenderers,
  ContentTheme,
  LineFragment,
} from '../../../shared/content';
import { absoluteUrl } from './address';
import { escapeHtml } from './escape';
import { markTexts, type MarkBook } from './mark-book';
import { splitAtMarks, type Segment } from './marks';

/** Where a block stands in its entry. Ids change with every publish, so the key counts places. */
export interface PlacedBlock {
  /** `blocks.hero.0`: zone, component, which of that component. */
  readonly key: string;
  readonly zone: string;
  readonly block: BlockData;
}

export function placedBlocks(
  document: Readonly<Record<string, unknown>>,
  zones: readonly string[],
): readonly PlacedBlock[] {
  const seen = new Map<string, number>();
  return zones.flatMap((zone) => {
    const blocks = document[zone];
    if (!Array.isArray(blocks)) return [];
    return (blocks as BlockData[]).map((block) => {
      const stem = `${zone}.${block.__component.split('.').at(-1)}`;
      const nth = seen.get(stem) ?? 0;
      seen.set(stem, nth + 1);
      return { key: `${stem}.${nth}`, zone, block };
    });
  });
}

/** The key of an entry's own head (its title, its lead) in front of its blocks. */
export const ENTRY_KEY = 'entry';

/** The head of an entry as a block that everybody sees who may see the entry. */
export const entryHead = (
  uid: string,
  document: Readonly<Record<string, unknown>>,
): PlacedBlock => ({
  key: ENTRY_KEY,
  zone: ENTRY_KEY,
  block: { ...document, __component: uid, id: 0 },
});

/** Equal for a block and the same block after the gate has copied its document. */
export const blockIdentity = (zone: string, block: BlockData): string =>
  `${zone} ${block.__component} ${block.id}`;

/** The blocks of the gated document, by identity. */
export function visibleBlocks(
  document: Readonly<Record<string, unknown>>,
  zones: readonly string[],
): ReadonlySet<string> {
  const placed = placedBlocks(document, zones);
  return new Set(placed.map(({ zone, block }) => blockIdentity(zone, block)));
}

export interface BlockSurroundings {
  readonly locale: 'ja' | 'en';
  readonly theme: ContentTheme;
  readonly origin: string;
  /** On the web links stay as they are; in a message they are marked and tracked. */
  readonly trackLinks: boolean;
}

export function blockContext(book: MarkBook, key: string, around: BlockSurroundings): BlockContext {
  const absolute = (address: string) => absoluteUrl(address, around.origin);
  return {
    locale: around.locale,
    theme: around.theme,
    url: absolute,
    link: around.trackLinks
      ? (address, name) => book.link(absolute(address), `${key}.${name}`)
      : webAddress(around.origin),
    html: escapeHtml,
  };
}

/** On the site itself an address of the site stays a path. */
const webAddress =
  (origin: string) =>
  (address: string): string => {
    const url = absoluteUrl(address, origin);
    return url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
  };

/** A block drawn on the channels of a message. */
export interface MessageBlock {
  readonly zone: string;
  readonly identity: string;
  readonly mjml: string;
  readonly line: LineFragment;
  readonly text: readonly Segment[];
}

export function drawForMessage(
  placed: PlacedBlock,
  renderers: Required<BlockRenderers>,
  book: MarkBook,
  around: BlockSurroundings,
): MessageBlock {
  const block = markTexts(placed.block, book, placed.key) as BlockData;
  const context = blockContext(book, placed.key, around);
  return {
    zone: placed.zone,
    identity: blockIdentity(placed.zone, placed.block),
    mjml: renderers.email(block, context),
    line: renderers.line(block, context),
    text: splitAtMarks(renderers.text(block, context)),
  };
}

/** A block drawn for the site. */
export interface WebBlock {
  readonly identity: string;
  readonly html: readonly Segment[];
}

export function drawForWeb(
  placed: PlacedBlock,
  renderers: Required<BlockRenderers>,
  book: MarkBook,
  around: BlockSurroundings,
): WebBlock {
  const block = markTexts(placed.block, book, placed.key) as BlockData;
  const html = renderers.web(block, blockContext(book, placed.key, around));
  return { identity: blockIdentity(placed.zone, placed.block), html: splitAtMarks(html) };
}
