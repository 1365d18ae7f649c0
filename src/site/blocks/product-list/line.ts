import {
  artPicture,
  flexButton,
  flexText,
  type BlockContext,
  type BlockData,
  type FlexComponent,
  type LineFragment,
} from '../block';
import { productsOf, type ListedProduct } from './products';

const LABEL = { ja: '見てみる', en: 'See it' } as const;

export const line = (block: BlockData, context: BlockContext): LineFragment => ({
  bubbles: productsOf(block, context).map((product) => bubble(product, context)),
});

function bubble(product: ListedProduct, context: BlockContext): FlexComponent {
  const { theme } = context;
  const uri = context.link(product.path, product.slug);
  return {
    type: 'bubble',
    hero: {
      type: 'image',
      url: context.url(artPicture(product.artwork)),
      size: 'full',
      aspectRatio: '1:1',
      aspectMode: 'cover',
      action: { type: 'uri', label: product.title, uri },
    },
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'xs',
      contents: [
        flexText(product.artist, { size: 'xs', color: theme.quiet }),
        flexText(product.title, { size: 'md', weight: 'bold', color: theme.ink }),
        flexText(product.price, { size: 'sm', color: theme.ink }),
      ],
    },
    footer: {
      type: 'box',
      layout: 'vertical',
      contents: [flexButton(LABEL[context.locale], uri, theme.accent)],
    },
  };
}
