import { textFaults, type Check } from './fault';

export const coupon: Check = (path, message) =>
  textFaults(`${path}.couponId`, message.couponId, 100);
