import { textOf, type BlockData } from '../block';

export function text(block: BlockData): string {
  const source = textOf(block, 'source');
  return `「${textOf(block, 'text')}」${source ? `\n${source}` : ''}`;
}
