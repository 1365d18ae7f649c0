import {
  buttonOf,
  flexButton,
  flexText,
  textOf,
  type BlockContext,
  type BlockData,
  type LineFragment,
} from '../block';

export function line(block: BlockData, context: BlockContext): LineFragment {
  const { theme } = context;
  const text = textOf(block, 'text');
  const button = buttonOf(block);
  return {
    body: [
      {
        type: 'box',
        layout: 'vertical',
        spacing: 'xs',
        paddingAll: '12px',
        cornerRadius: '4px',
        backgroundColor: '#F4F3F1',
        contents: [
          flexText(textOf(block, 'heading'), { size: 'sm', weight: 'bold', color: theme.accent }),
          ...(text ? [flexText(text, { size: 'xs', color: theme.ink })] : []),
        ],
      },
    ],
    footer: button
      ? [flexButton(button.label, context.link(button.url, 'button'), theme.accent)]
      : [],
  };
}
