import {
  artPicture,
  flexText,
  textOf,
  type BlockContext,
  type BlockData,
  type LineFragment,
} from '../block';
import { pictureOf } from './picture';

export function line(block: BlockData, context: BlockContext): LineFragment {
  const artwork = textOf(block, 'artwork');
  const source = pictureOf(block)?.url ?? (artwork ? artPicture(artwork, 1200) : '');
  if (!source) return {};
  const url = context.url(source);
  const caption = textOf(block, 'caption');
  return {
    hero: { type: 'image', url, size: 'full', aspectRatio: '20:13', aspectMode: 'cover' },
    body: caption ? [flexText(caption, { size: 'xs', color: context.theme.quiet })] : [],
  };
}
