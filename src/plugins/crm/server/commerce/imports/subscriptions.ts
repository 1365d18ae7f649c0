/** The recipe of the subscription import. */
import type { Core } from '@strapi/strapi';

import { subscriptionColumns } from '../../../shared/import-columns';
import type {
  Subscription,
  SubscriptionInterval,
  SubscriptionStatus,
} from '../../../shared/products';
import {
  customersService,
  type BatchResult,
  type ImportChange,
  type ImportRecipe,
  type ImportRow,
  type UndoneBatch,
} from '../../customers';
import { crmConfig, type UnitOfWork } from '../../kernel';
import type { CellReader } from '../domain/read-cells';
import { sameSubscription } from '../domain/subscriptions';
import { commerceService, subscriptionsChanged } from '../index';
import {
  deleteSubscriptions,
  lockSubscriptions,
  upsertSubscriptions,
} from '../store/subscriptions';
import { batchOf, readRows, refusedRow } from './row-by-row';

const STATUSES: readonly (readonly [RegExp, SubscriptionStatus])[] = [
  [/^(?:active|継続中|継続|契約中|有効|利用中)$/i, 'active'],
  [/^(?:past[_ ]?due|unpaid|支払い?遅延|未払い?|滞納)$/i, 'past_due'],
  [/^(?:paused|on[_ ]?hold|休止|休止中|一時停止|停止中|スキップ)$/i, 'paused'],
  [/^(?:cancell?ed|ended|expired|解約|解約済み?|終了|キャンセル)$/i, 'cancelled'],
];

const INTERVALS: readonly (readonly [RegExp, SubscriptionInterval])[] = [
  [/^(?:week(?:ly)?|週|毎週|1週間)$/i, 'week'],
  [/^(?:month(?:ly)?|月|毎月|月額|1(?:か|ヶ|カ)月)$/i, 'month'],
  [/^(?:quarter(?:ly)?|四半期|3(?:か|ヶ|カ)月)$/i, 'quarter'],
  [/^(?:half[_ -]?year(?:ly)?|半年|6(?:か|ヶ|カ)月)$/i, 'halfyear'],
  [/^(?:year(?:ly)?|annual(?:ly)?|年|毎年|年額|1年)$/i, 'year'],
];

type Read = Omit<Subscription, 'id' | 'customerId'> & {
  readonly customerNumber: string | null;
  readonly email: string | null;
};

function readSubscription(reader: CellReader): Read {
  const startedAt = reader.moment('startedAt');
  if (startedAt === null && reader.text('startedAt') === null) reader.wrong('startedAt', 'missing');
  const productCode = reader.needed('productCode');
  reader.currency();
  return {
    subscriptionId: reader.needed('subscriptionId'),
    ...reader.customer(),
    productCode,
    title: reader.text('productTitle') ?? productCode,
    status: reader.word('status', STATUSES, 'active', 'invalid-status'),
    startedAt: startedAt ?? 0,
    renewsAt: reader.moment('renewsAt'),
    endsAt: reader.moment('endsAt'),
    amount: reader.yen('amount') ?? 0,
    interval: reader.word('interval', INTERVALS, 'month', 'invalid-interval'),
    toldAt: reader.moment('updatedAt'),
  };
}

const given = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
  onlyNew: boolean,
): Promise<BatchResult> {
  const { good, refused } = readRows(rows, crmConfig(strapi).timeZone, readSubscription);
  const owners = await customersService(strapi).idsOf(unit, {
    numbers: given(good.map(({ value }) => value.customerNumber)),
    emails: given(good.map(({ value }) => value.email)),
  });
  const owned = good.map(({ line, value: { customerNumber, email, ...told } }) => {
    const customerId = customerNumber
      ? owners.byNumber.get(customerNumber)
      : owners.byEmail.get(email ?? '');
    return { line, told, customerId };
  });
  const orphans = owned.filter(({ customerId }) => customerId === undefined);
  const told = owned.flatMap(({ told: one, customerId }) =>
    customerId === undefined ? [] : [{ ...one, customerId }],
  );
  const ids = told.map(({ subscriptionId }) => subscriptionId);
  const known = onlyNew ? await lockSubscriptions(unit.trx, 'subscription_id', ids) : [];
  const knownIds = new Set(known.map(({ subscriptionId }) => subscriptionId));
  const recorded = await commerceService(strapi).recordSubscriptions(
    unit,
    told.filter(({ subscriptionId }) => !knownIds.has(subscriptionId)),
  );
  return batchOf(told.length, recorded, [
    ...refused,
    ...orphans.map(({ line }) => refusedRow(line, 'customerNumber', 'unknown-customer')),
  ]);
}

const subscriptionOf = (values: ImportChange['before']): Subscription =>
  values as unknown as Subscription;

async function undo(unit: UnitOfWork, changes: readonly ImportChange[]): Promise<UndoneBatch> {
  const ids = [...new Set(changes.map(({ subjectId }) => subjectId))];
  const found = await lockSubscriptions(unit.trx, 'id', ids);
  const now = new Map(found.map((one) => [one.id, one]));
  const back = new Map<number, Subscription>();
  const gone = new Set<number>();
  const owners = new Set<number>();
  let kept = 0;
  for (const { subjectId, created, before, after } of changes) {
    const current = now.get(subjectId);
    if (!current || !sameSubscription(current, subscriptionOf(after))) {
      kept += 1;
      continue;
    }
    owners.add(current.customerId);
    if (created) {
      gone.add(subjectId);
      back.delete(subjectId);
      continue;
    }
    now.set(subjectId, subscriptionOf(before));
    back.set(subjectId, subscriptionOf(before));
    owners.add(subscriptionOf(before).customerId);
  }
  await upsertSubscriptions(unit.trx, [...back.values()], 'all');
  await deleteSubscriptions(unit.trx, [...gone]);
  if (owners.size > 0) await unit.publish(subscriptionsChanged, { customerIds: [...owners] });
  return { undone: changes.length - kept, kept };
}

export function subscriptionRecipe({ strapi }: { strapi: Core.Strapi }): ImportRecipe {
  return {
    kind: 'subscriptions',
    columns: subscriptionColumns,
    needs: [['subscriptionId'], ['customerNumber', 'email'], ['productCode'], ['startedAt']],
    tables: ['crm_subscriptions'],
    begin: ({ policy }) => ({
      write: (unit, rows) => writeBatch(strapi, unit, rows, policy !== 'update'),
    }),
    undo: (unit, _, changes) => undo(unit, changes),
  };
}
