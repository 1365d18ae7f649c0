import { phrases } from '../../typography';
import { lines, textOf, type BlockContext, type BlockData } from '../block';

export function web(block: BlockData, { html }: BlockContext): string {
  const source = textOf(block, 'source');
  return `<figure class="quote"><blockquote><p>${phrases(lines(html(textOf(block, 'text'))))}</p></blockquote>${source ? `<figcaption>${html(source)}</figcaption>` : ''}</figure>`;
}
