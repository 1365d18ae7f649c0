import { siteTexts } from '../../texts';
import { phrases } from '../../typography';
import {
  artPicture,
  inLocale,
  KEEP_PHRASES,
  textOf,
  type BlockContext,
  type BlockData,
} from '../block';

export function email(article: BlockData, context: BlockContext): string {
  const { html, theme } = context;
  const link = html(
    context.link(inLocale(context, `/articles/${textOf(article, 'slug')}`), 'head'),
  );
  const artwork = textOf(article, 'artwork');
  const picture = artwork
    ? `<mj-section><mj-column><mj-image href="${link}" src="${html(context.url(artPicture(artwork, 1200)))}" alt="${html(textOf(article, 'title'))}" /></mj-column></mj-section>`
    : '';
  return `${picture}<mj-section padding="32px 0 16px"><mj-column>
<mj-text font-size="13px" color="${theme.accent}" padding-bottom="6px">${html(textOf(article, 'category'))}</mj-text>
<mj-text font-size="27px" line-height="1.5" font-weight="700"><span style="${KEEP_PHRASES}">${phrases(html(textOf(article, 'title')))}</span></mj-text>
<mj-text color="${theme.quiet}">${html(textOf(article, 'lead'))}</mj-text>
<mj-button align="left" href="${link}">${html(siteTexts[context.locale].readOnSite)}</mj-button>
</mj-column></mj-section>`;
}
