import { phrases } from '../../typography';
import { buttonOf, lines, textOf, toneOf, type BlockContext, type BlockData } from '../block';

export function web(block: BlockData, context: BlockContext): string {
  const { html } = context;
  const text = textOf(block, 'text');
  const button = buttonOf(block);
  return `<aside class="callout tone-${toneOf(block)}"><div class="callout-inner">
<div><h2>${phrases(html(textOf(block, 'heading')))}</h2>${text ? `<p>${lines(html(text))}</p>` : ''}</div>
${button ? `<a class="button" href="${html(context.link(button.url, 'button'))}">${html(button.label)}</a>` : ''}
</div></aside>`;
}
