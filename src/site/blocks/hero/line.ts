import {
  artPicture,
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
  const artwork = textOf(block, 'artwork');
  const eyebrow = textOf(block, 'eyebrow');
  const text = textOf(block, 'text');
  const button = buttonOf(block);
  return {
    ...(artwork
      ? {
          hero: {
            type: 'image',
            url: context.url(artPicture(artwork, 1200)),
            size: 'full',
            aspectRatio: '20:13',
            aspectMode: 'cover',
          },
        }
      : {}),
    body: [
      ...(eyebrow ? [flexText(eyebrow, { size: 'xs', color: theme.accent })] : []),
      flexText(textOf(block, 'heading'), { size: 'xl', weight: 'bold', color: theme.ink }),
      ...(text ? [flexText(text, { size: 'sm', color: theme.quiet })] : []),
    ],
    footer: button
      ? [flexButton(button.label, context.link(button.url, 'button'), theme.accent)]
      : [],
  };
}
