import { artPicture, textOf, type BlockContext, type BlockData } from '../block';
import { pictureOf } from './picture';

export function email(block: BlockData, context: BlockContext): string {
  const { html, theme } = context;
  const artwork = textOf(block, 'artwork');
  const source = pictureOf(block)?.url ?? (artwork ? artPicture(artwork, 1200) : '');
  if (!source) return '';
  const caption = textOf(block, 'caption');
  return `<mj-section padding="8px 0 24px"><mj-column><mj-image padding="0 24px" src="${html(context.url(source))}" alt="${html(textOf(block, 'alt'))}" />
${caption ? `<mj-text font-size="12px" color="${theme.quiet}" padding="10px 24px 0">${html(caption)}</mj-text>` : ''}</mj-column></mj-section>`;
}
