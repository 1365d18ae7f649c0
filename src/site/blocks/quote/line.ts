import {
  flexText,
  quoted,
  textOf,
  type BlockContext,
  type BlockData,
  type LineFragment,
} from '../block';

export function line(block: BlockData, { locale, theme }: BlockContext): LineFragment {
  const source = textOf(block, 'source');
  return {
    body: [
      flexText(quoted(textOf(block, 'text'), locale), {
        size: 'md',
        weight: 'bold',
        color: theme.ink,
      }),
      ...(source ? [flexText(source, { size: 'xs', color: theme.quiet })] : []),
    ],
  };
}
