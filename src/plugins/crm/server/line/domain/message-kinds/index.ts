/** What is checked, by kind of message; other kinds are checked by LINE alone. */
import { coupon } from './coupon';
import type { Check } from './fault';
import { flex } from './flex';
import { image } from './image';
import { imagemap } from './imagemap';
import { template } from './template';
import { text } from './text';
import { video } from './video';

export const kindChecks: Readonly<Record<string, Check>> = {
  coupon,
  flex,
  image,
  imagemap,
  template,
  text,
  video,
};
