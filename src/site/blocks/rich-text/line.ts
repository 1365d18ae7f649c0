import { flexText, type BlockContext, type BlockData, type LineFragment } from '../block';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

const PARAGRAPHS = 2;

/** A chat is no place for a whole story: the first paragraphs, the rest is on the site. */
export function line(block: BlockData, { theme }: BlockContext): LineFragment {
  const nodes = Array.isArray(block.body) ? (block.body as Node[]) : [];
  const paragraphs = nodes
    .filter((node) => node.type === 'paragraph')
    .map(wordsOf)
    .filter((words) => words !== '');
  return {
    body: paragraphs
      .slice(0, PARAGRAPHS)
      .map((words) => flexText(words, { size: 'sm', color: theme.ink })),
  };
}

const wordsOf = (node: Node): string =>
  (node.text ?? '') + (node.children ?? []).map(wordsOf).join('');
