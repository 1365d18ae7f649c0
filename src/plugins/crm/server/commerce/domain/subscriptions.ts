import type { Subscription } from '../../../shared/products';

type Told = Omit<Subscription, 'id'>;

/** Whether a subscription told again says anything new. */
export const sameSubscription = (a: Told, b: Told): boolean => fingerprint(a) === fingerprint(b);

const fingerprint = (told: Told): string =>
  JSON.stringify([
    told.customerId,
    told.productCode,
    told.title,
    told.status,
    told.startedAt,
    told.renewsAt,
    told.endsAt,
    told.amount,
    told.interval,
  ]);
