import { siteTexts } from '../../texts';
import { inLocale, textOf, type BlockContext, type BlockData } from '../block';

export function text(article: BlockData, context: BlockContext): string {
  const link = context.link(inLocale(context, `/articles/${textOf(article, 'slug')}`), 'head');
  return [
    textOf(article, 'title'),
    textOf(article, 'lead'),
    `${siteTexts[context.locale].readOnSite}\n${link}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
