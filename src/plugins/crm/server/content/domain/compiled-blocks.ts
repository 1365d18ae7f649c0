import type {
  BlockContext,
  BlockData,
  BlockRenderers,
  ContentTheme,
  LineFragment,
} from '../../../shared/content';
import { absoluteUrl } from './address';
import { escapeHtml } from './escape';
import { markTexts, type MarkBook, type MessageForm } from './mark-book';
import type { PlacedBlock } from './placed-blocks';
import { splitAtMarks, type Segment } from './marks';

export interface BlockSurroundings {
  readonly locale: 'ja' | 'en';
  readonly theme: ContentTheme;
  readonly origin: string;
  readonly sizedPicture: (address: string) => string;
}

/** On the web links stay as they are; in a message they are marked and tracked. */
export function blockContext(
  book: MarkBook,
  key: string,
  around: BlockSurroundings,
  form: MessageForm | 'web',
): BlockContext {
  const absolute = (address: string) => absoluteUrl(address, around.origin);
  return {
    locale: around.locale,
    theme: around.theme,
    url: absolute,
    link:
      form === 'web'
        ? webAddress(around.origin)
        : (address, name) => book.link(absolute(address), `${key}.${name}`, form),
    sizedPicture: around.sizedPicture,
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
  const context = (form: MessageForm) => blockContext(book, placed.key, around, form);
  return {
    zone: placed.zone,
    identity: placed.identity,
    mjml: renderers.email(block, context('email')),
    line: renderers.line(block, context('line')),
    text: splitAtMarks(renderers.text(block, context('text'))),
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
  const html = renderers.web(block, blockContext(book, placed.key, around, 'web'));
  return { identity: placed.identity, html: splitAtMarks(html) };
}
