import { quoted, textOf, type BlockContext, type BlockData } from '../block';

export function text(block: BlockData, { locale }: BlockContext): string {
  const source = textOf(block, 'source');
  return `${quoted(textOf(block, 'text'), locale)}${source ? `\n${source}` : ''}`;
}
