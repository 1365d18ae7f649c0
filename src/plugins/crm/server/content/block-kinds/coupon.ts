/** A coupon of the LINE official account; nowhere else is there anything to show. */
import { audience, textOf, type BlockKind } from './kind';

export const coupon: BlockKind = {
  schema: {
    collectionName: 'components_crm_line_coupons',
    info: { displayName: 'LINE coupon', icon: 'priceTag' },
    options: {},
    attributes: {
      couponId: { type: 'string', required: true, maxLength: 100 },
      audience,
    },
  },
  renderers: {
    web: () => '',
    email: () => '',
    text: () => '',
    line: (block) => ({ messages: [{ type: 'coupon', couponId: textOf(block, 'couponId') }] }),
  },
};
