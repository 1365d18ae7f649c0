import type { ErrorDetail } from '../../http/answer';
import type { Channel, ChatEntry } from '../../state/model';

type Message = ChatEntry['message'];

const isCoupon = (message: Message): boolean => message.type === 'coupon';

/** A coupon message names a coupon that this very account has and has not closed. */
export const couponFaults = (channel: Channel, messages: Message[]): ErrorDetail[] =>
  messages.flatMap((message, place) =>
    !isCoupon(message) || channel.coupons.get(String(message.couponId))?.status === 'RUNNING'
      ? []
      : [{ message: 'invalid couponId', property: `messages[${place}].couponId` }],
  );

/** What the phone shows of it. */
export const withCoupons = (channel: Channel, messages: Message[]): Message[] =>
  messages.map((message) => {
    const coupon = isCoupon(message) ? channel.coupons.get(String(message.couponId)) : undefined;
    if (!coupon) return message;
    const { title, description = '', endTimestamp } = coupon.request;
    return { ...message, shown: { title, description, until: endTimestamp * 1000 } };
  });
