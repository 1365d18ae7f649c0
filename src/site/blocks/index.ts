/** The blocks of the site and how each is drawn; what is left out is drawn from its attributes. */
import type { BlockRenderers } from './block';
import { email as articleHeadEmail } from './article-head/email';
import { line as articleHeadLine } from './article-head/line';
import { text as articleHeadText } from './article-head/text';
import { web as buttonWeb } from './button/web';
import { email as calloutEmail } from './callout/email';
import { line as calloutLine } from './callout/line';
import { text as calloutText } from './callout/text';
import { web as calloutWeb } from './callout/web';
import { email as heroEmail } from './hero/email';
import { line as heroLine } from './hero/line';
import { text as heroText } from './hero/text';
import { web as heroWeb } from './hero/web';
import { email as imageEmail } from './image/email';
import { line as imageLine } from './image/line';
import { text as imageText } from './image/text';
import { web as imageWeb } from './image/web';
import { email as productListEmail } from './product-list/email';
import { line as productListLine } from './product-list/line';
import { text as productListText } from './product-list/text';
import { web as productListWeb } from './product-list/web';
import { email as quoteEmail } from './quote/email';
import { line as quoteLine } from './quote/line';
import { text as quoteText } from './quote/text';
import { web as quoteWeb } from './quote/web';
import { line as richTextLine } from './rich-text/line';

const nothing = () => '';

export const siteBlocks: Readonly<Record<string, BlockRenderers>> = {
  'blocks.hero': { web: heroWeb, email: heroEmail, line: heroLine, text: heroText },
  'blocks.callout': { web: calloutWeb, email: calloutEmail, line: calloutLine, text: calloutText },
  'blocks.quote': { web: quoteWeb, email: quoteEmail, line: quoteLine, text: quoteText },
  'blocks.image': { web: imageWeb, email: imageEmail, line: imageLine, text: imageText },
  'blocks.button': { web: buttonWeb },
  'blocks.rich-text': { line: richTextLine },
  // What stands in front of an article's blocks in a message.
  'api::article.article': {
    email: articleHeadEmail,
    line: articleHeadLine,
    text: articleHeadText,
  },
  'blocks.product-list': {
    web: productListWeb,
    email: productListEmail,
    line: productListLine,
    text: productListText,
  },
  // Only says where a teaser ends; the page draws the invitation that stands there.
  'blocks.teaser-divider': { web: nothing, email: nothing, line: () => ({}), text: nothing },
};
