/** A coupon of the LINE official account; nowhere else is there anything to show. */
import { audience, textOf, type BlockKind } from './kind';

/** Holds the id that LINE gave to a coupon; its input is `admin/line/coupons/`. */
export const COUPON_FIELD = 'line-coupon';

export const coupon: BlockKind = {
  schema: {
    collectionName: 'components_crm_line_coupons',
    info: { displayName: 'LINE coupon', icon: 'priceTag' },
    options: {},
    attributes: {
      couponId: {
        type: 'customField',
        customField: `plugin::crm.${COUPON_FIELD}`,
        required: true,
        maxLength: 100,
      },
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
