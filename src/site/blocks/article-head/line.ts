import { siteTexts } from '../../texts';
import {
  artPicture,
  flexButton,
  flexText,
  inLocale,
  textOf,
  type BlockContext,
  type BlockData,
  type LineFragment,
} from '../block';

export function line(article: BlockData, context: BlockContext): LineFragment {
  const { theme } = context;
  const uri = context.link(inLocale(context, `/articles/${textOf(article, 'slug')}`), 'head');
  const lead = textOf(article, 'lead');
  const category = textOf(article, 'category');
  return {
    hero: {
      type: 'image',
      url: context.url(artPicture(textOf(article, 'artwork') || 'enishi', 1200)),
      size: 'full',
      aspectRatio: '20:13',
      aspectMode: 'cover',
      action: { type: 'uri', label: siteTexts[context.locale].readOnSite, uri },
    },
    body: [
      ...(category ? [flexText(category, { size: 'xs', color: theme.accent })] : []),
      flexText(textOf(article, 'title'), { size: 'xl', weight: 'bold', color: theme.ink }),
      ...(lead ? [flexText(lead, { size: 'sm', color: theme.quiet })] : []),
    ],
    footer: [flexButton(siteTexts[context.locale].readOnSite, uri, theme.accent)],
  };
}
