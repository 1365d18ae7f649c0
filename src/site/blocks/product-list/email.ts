import { artPicture, textOf, type BlockContext, type BlockData } from '../block';
import { productsOf, type ListedProduct } from './products';

const PER_ROW = 2;

export function email(block: BlockData, context: BlockContext): string {
  const products = productsOf(block, context);
  if (products.length === 0) return '';
  const heading = textOf(block, 'heading');
  const rows = Array.from({ length: Math.ceil(products.length / PER_ROW) }, (_, row) =>
    products.slice(row * PER_ROW, (row + 1) * PER_ROW),
  );
  const title = heading
    ? `<mj-section padding="16px 0 8px"><mj-column><mj-text font-size="20px" font-weight="700" padding-bottom="4px">${context.html(heading)}</mj-text></mj-column></mj-section>`
    : '';
  return (
    title +
    rows
      .map(
        (row) =>
          `<mj-section padding="0 12px 16px"><mj-group>${row.map((product) => cell(product, context)).join('')}</mj-group></mj-section>`,
      )
      .join('')
  );
}

function cell(product: ListedProduct, context: BlockContext): string {
  const { html, theme } = context;
  const link = html(context.link(product.path, product.slug));
  return `<mj-column width="50%"><mj-image padding="0 12px" href="${link}" src="${html(context.url(artPicture(product.artwork)))}" alt="${html(product.title)}" />
<mj-text font-size="12px" line-height="1.6" color="${theme.quiet}" padding="10px 12px 0">${html(product.artist)}</mj-text>
<mj-text font-size="14px" line-height="1.6" font-weight="700" padding="0 12px"><a href="${link}" style="color:${theme.ink};text-decoration:none">${html(product.title)}</a></mj-text>
<mj-text font-size="13px" line-height="1.6" padding="0 12px 8px">${html(product.price)}</mj-text></mj-column>`;
}
