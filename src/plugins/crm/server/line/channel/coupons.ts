/** What can be said of coupons before they are sent: LINE's own refusal names none of it. */
import type { Core } from '@strapi/strapi';

import { couponState, type CouponState } from '../../../shared/line-coupon';
import type { ContentIssue } from '../../delivery';
import type { LineAccountConfig } from '../../kernel';
import { lineClient } from '../client';
import type { LineMessage } from '../domain/message';

const SEVERITIES: Readonly<Record<Exclude<CouponState, 'running'>, ContentIssue['severity']>> = {
  early: 'warning',
  over: 'error',
  closed: 'error',
};

/** As one account has them; nothing is said where LINE cannot be asked. */
export async function couponIssues(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  messages: readonly LineMessage[],
  at: number,
): Promise<ContentIssue[]> {
  const ids = messages.flatMap(({ type, couponId }) =>
    type === 'coupon' && typeof couponId === 'string' ? [couponId] : [],
  );
  const client = lineClient(strapi, account);
  const asked = [...new Set(ids)].map(async (id): Promise<ContentIssue[]> => {
    const answer = await client.coupon(id);
    if (!answer.ok) {
      if (answer.problem.kind !== 'not-found') return [];
      const params = { account: account.name };
      return [{ severity: 'error', key: 'line.lint.coupon-gone', params }];
    }
    const state = couponState(answer.value, at);
    if (state === 'running') return [];
    const params = { title: answer.value.title };
    return [{ severity: SEVERITIES[state], key: `line.lint.coupon-${state}`, params }];
  });
  return (await Promise.all(asked)).flat();
}
