import type {
  Subscription,
  SubscriptionInterval,
  SubscriptionStatus,
} from '../../../shared/products';
import { insertBulk, isPostgres, whereAmong, type Database } from '../../kernel';

interface SubscriptionRow {
  id: number;
  subscription_id: string;
  customer_id: number;
  product_code: string;
  title: string;
  status: SubscriptionStatus;
  started_at: number | string;
  renews_at: number | string | null;
  ends_at: number | string | null;
  amount: number | string;
  interval: SubscriptionInterval;
  told_at: number | string | null;
}

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const subscriptionOfRow = (row: SubscriptionRow): Subscription => ({
  id: Number(row.id),
  subscriptionId: row.subscription_id,
  customerId: Number(row.customer_id),
  productCode: row.product_code,
  title: row.title,
  status: row.status,
  startedAt: Number(row.started_at),
  renewsAt: moment(row.renews_at),
  endsAt: moment(row.ends_at),
  amount: Number(row.amount),
  interval: row.interval,
  toldAt: moment(row.told_at),
});

/** Nobody else changes them until this transaction ends. */
export async function lockSubscriptions(
  db: Database,
  by: 'subscription_id' | 'id',
  values: readonly (string | number)[],
): Promise<Subscription[]> {
  if (values.length === 0) return [];
  const query = whereAmong(db, db('crm_subscriptions'), by, values).orderBy('id');
  const rows: SubscriptionRow[] = await (isPostgres(db) ? query.forUpdate() : query);
  return rows.map(subscriptionOfRow);
}

const COLUMNS = [
  'customer_id',
  'product_code',
  'title',
  'status',
  'started_at',
  'renews_at',
  'ends_at',
  'amount',
  'interval',
  'told_at',
] as const;

const NOT_OLDER =
  'excluded.told_at is null or crm_subscriptions.told_at is null or excluded.told_at >= crm_subscriptions.told_at';

/** Answers the shop's ids and ours of what was written. `newer`: what is known and newer stays. */
export async function upsertSubscriptions(
  db: Database,
  subscriptions: readonly Omit<Subscription, 'id'>[],
  which: 'newer' | 'all' = 'newer',
): Promise<Map<string, number>> {
  const rows = await insertBulk(db, {
    table: 'crm_subscriptions',
    columns: ['subscription_id', ...COLUMNS],
    rows: subscriptions.map((one) => ({
      subscription_id: one.subscriptionId,
      customer_id: one.customerId,
      product_code: one.productCode,
      title: one.title,
      status: one.status,
      started_at: one.startedAt,
      renews_at: one.renewsAt,
      ends_at: one.endsAt,
      amount: one.amount,
      interval: one.interval,
      told_at: one.toldAt,
    })),
    conflict: {
      columns: ['subscription_id'],
      merge: COLUMNS,
      ...(which === 'newer' ? { where: NOT_OLDER } : {}),
    },
    returning: ['id', 'subscription_id'],
  });
  return new Map(rows.map((row) => [String(row.subscription_id), Number(row.id)]));
}

export async function deleteSubscriptions(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await whereAmong(db, db('crm_subscriptions'), 'id', ids).delete();
}

const MOST = 1000;

/** Newest first. Index `crm_subscriptions_customer`. */
export async function subscriptionsOf(
  db: Database,
  customerId: number,
  limit: number,
): Promise<Subscription[]> {
  const rows: SubscriptionRow[] = await db('crm_subscriptions')
    .where({ customer_id: customerId })
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map(subscriptionOfRow);
}

export interface SubscriptionMoment {
  readonly subscription: Subscription;
  readonly type: 'started' | 'ended';
  readonly at: number;
}

/** Beginnings and ends before an instant, newest first; nobody has more than a few subscriptions. */
export async function subscriptionMoments(
  db: Database,
  customerId: number,
  { until, limit }: { readonly until: number; readonly limit: number },
): Promise<SubscriptionMoment[]> {
  const subscriptions = await subscriptionsOf(db, customerId, MOST);
  const moments = subscriptions.flatMap((subscription): SubscriptionMoment[] => {
    const started = { subscription, type: 'started' as const, at: subscription.startedAt };
    const { endsAt } = subscription;
    return endsAt === null ? [started] : [{ subscription, type: 'ended', at: endsAt }, started];
  });
  return moments
    .filter(({ at }) => at < until)
    .sort((a, b) => b.at - a.at || b.subscription.id - a.subscription.id)
    .slice(0, limit);
}
