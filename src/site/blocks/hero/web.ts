import { phrases } from '../../typography';
import {
  artPath,
  buttonOf,
  lines,
  textOf,
  toneOf,
  type BlockContext,
  type BlockData,
} from '../block';

export function web(block: BlockData, context: BlockContext): string {
  const { html } = context;
  const artwork = textOf(block, 'artwork');
  const eyebrow = textOf(block, 'eyebrow');
  const text = textOf(block, 'text');
  const button = buttonOf(block);
  return `<section class="hero tone-${toneOf(block)}"><div class="hero-inner">
<div class="hero-words">
${eyebrow ? `<p class="eyebrow">${html(eyebrow)}</p>` : ''}
<h1 class="display">${phrases(html(textOf(block, 'heading')))}</h1>
${text ? `<p class="hero-text">${lines(html(text))}</p>` : ''}
${button ? `<p><a class="button" href="${html(context.link(button.url, 'button'))}">${html(button.label)}</a></p>` : ''}
</div>
${artwork ? `<div class="hero-art"><div class="disc" aria-hidden="true"></div><img src="${artPath(html(artwork))}" alt="" width="600" height="600" fetchpriority="high"></div>` : ''}
</div></section>`;
}
