import { flexText, type BlockContext, type BlockData, type LineFragment } from '../block';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly format?: string;
  readonly children?: readonly Node[];
}

const PARAGRAPHS = 2;
const ITEMS = 6;

/**
 * A chat is no place for a whole story: the first paragraphs, with the headings and lists that
 * stand between them; the rest is on the site.
 */
export function line(block: BlockData, { theme }: BlockContext): LineFragment {
  const nodes = Array.isArray(block.body) ? (block.body as Node[]) : [];
  const parts = beginning(nodes.map(partOf).filter(({ words }) => words !== ''));
  return {
    body: parts.map(({ kind, words }) =>
      flexText(words, {
        size: kind === 'heading' ? 'md' : 'sm',
        color: theme.ink,
        ...(kind === 'heading' ? { weight: 'bold' } : {}),
      }),
    ),
  };
}

interface Part {
  readonly kind: string;
  readonly words: string;
}

/** Up to the last paragraph that there is room for; a heading of what is left out goes with it. */
function beginning(parts: readonly Part[]): readonly Part[] {
  const paragraphs = parts.filter(({ kind }) => kind === 'paragraph');
  const next = paragraphs[PARAGRAPHS];
  const shown = next ? parts.slice(0, parts.indexOf(next)) : parts;
  const last = shown.findLastIndex(({ kind }) => kind !== 'heading');
  return shown.slice(0, last + 1);
}

const partOf = (node: Node): Part => ({
  kind: node.type ?? '',
  words: node.type === 'list' ? itemsOf(node) : wordsOf(node),
});

const itemsOf = ({ format, children = [] }: Node): string =>
  children
    .slice(0, ITEMS)
    .map((item, index) => `${format === 'ordered' ? `${index + 1}. ` : '・'}${wordsOf(item)}`)
    .join('\n');

const wordsOf = (node: Node): string =>
  (node.text ?? '') + (node.children ?? []).map(wordsOf).join('');
