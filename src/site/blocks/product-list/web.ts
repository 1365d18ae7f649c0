import { siteTexts } from '../../texts';
import { artPath, textOf, type BlockContext, type BlockData } from '../block';
import { productsOf, type ListedProduct } from './products';

export function web(block: BlockData, context: BlockContext): string {
  const products = productsOf(block, context);
  if (products.length === 0) return '';
  const heading = textOf(block, 'heading');
  return `<section class="shelf">${heading ? `<h2>${context.html(heading)}</h2>` : ''}<ul class="grid">${products.map((product) => card(product, context)).join('')}</ul></section>`;
}

function card(product: ListedProduct, context: BlockContext): string {
  const { html } = context;
  const soldOut =
    product.stock === 0 ? `<span class="sold-out">${siteTexts[context.locale].soldOut}</span>` : '';
  return `<li><a class="card" href="${html(context.link(product.path, product.slug))}"><span class="sleeve"><img src="${artPath(html(product.artwork))}" alt="" width="600" height="600" loading="lazy"></span><span class="card-artist">${html(product.artist)}</span><span class="card-title">${html(product.title)}</span><span class="card-price">${html(product.price)}${soldOut}</span></a></li>`;
}
