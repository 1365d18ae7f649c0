import { artPath, textOf, type BlockContext, type BlockData } from '../block';
import { pictureOf } from './picture';

export function web(block: BlockData, context: BlockContext): string {
  const { html } = context;
  const picture = pictureOf(block);
  const artwork = textOf(block, 'artwork');
  const source = picture?.url ?? (artwork ? artPath(artwork) : '');
  if (!source) return '';
  const caption = textOf(block, 'caption');
  const size = picture?.width
    ? ` width="${picture.width}" height="${picture.height ?? ''}"`
    : ' width="600" height="600"';
  return `<figure class="figure${picture ? '' : ' figure-art'}"><img src="${html(context.link(source, 'image'))}" alt="${html(textOf(block, 'alt'))}"${size} loading="lazy">${caption ? `<figcaption>${html(caption)}</figcaption>` : ''}</figure>`;
}
