import { flexText, textOf, type BlockContext, type BlockData, type LineFragment } from '../block';

export function line(block: BlockData, { theme }: BlockContext): LineFragment {
  const source = textOf(block, 'source');
  return {
    body: [
      flexText(`「${textOf(block, 'text')}」`, { size: 'md', weight: 'bold', color: theme.ink }),
      ...(source ? [flexText(source, { size: 'xs', color: theme.quiet })] : []),
    ],
  };
}
