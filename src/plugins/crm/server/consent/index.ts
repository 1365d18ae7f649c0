/** PUBLIC: what other features may use of consent. */
import type {
  ConsentChannel,
  ConsentPurpose,
  ConsentRecord,
  ConsentState,
  ConsentWording,
  SuppressionReason,
} from '../../shared/consent';
import { defineEvent, defineService, type Locale, type UnitOfWork } from '../kernel';

export type { ConsentChannel, ConsentPurpose, ConsentRecord, ConsentState, ConsentWording };
export { addressHash } from './domain/address-hash';
export { wordingKey } from './domain/wordings';

/** The consent of these customers on this channel changed. */
export const consentChanged = defineEvent<{ customerIds: number[]; channel: ConsentChannel }>(
  'consent.changed',
);

/** What a person agreed to or withdrew, and how we know. */
export interface ConsentEntry {
  readonly customerId: number;
  readonly purpose: ConsentPurpose;
  readonly channel: ConsentChannel;
  readonly granted: boolean;
  /** What the person was shown. */
  readonly wording?: { readonly key: string; readonly version: string };
  /** `form`, `import`, `admin`, `unsubscribe`, `line-follow` … */
  readonly source: string;
  /** Now, when left out. */
  readonly occurredAt?: Date;
  readonly proof?: Readonly<Record<string, string | number | boolean | null>>;
}

/** An address that must get nothing on a channel, whoever holds it. */
export interface Suppression {
  readonly channel: ConsentChannel;
  readonly address: string;
  readonly reason: SuppressionReason;
}

/** The ledger, the current state it adds up to, and suppressed addresses. */
export interface ConsentService {
  /** Appends to the ledger; the state follows unless it is newer than this entry. */
  record(unit: UnitOfWork, entry: ConsentEntry): Promise<void>;
  /** As `record`, set-based: for imports and campaigns. One event per channel. */
  recordMany(unit: UnitOfWork, entries: readonly ConsentEntry[]): Promise<void>;
  states(customerId: number): Promise<ConsentState[]>;
  /** States of many customers in one query. */
  statesOf(customerIds: readonly number[]): Promise<ReadonlyMap<number, ConsentState[]>>;
  /** The ledger, newest first, with wordings in `locale`. */
  history(customerId: number, locale?: Locale): Promise<ConsentRecord[]>;
  /** The wording to show now; key as `marketing.email`. Null for an unknown key. */
  currentWording(key: string, locale: Locale): Promise<ConsentWording | null>;
  suppress(unit: UnitOfWork, suppression: Suppression): Promise<void>;
  /** True when it had been suppressed. */
  unsuppress(unit: UnitOfWork, target: Pick<Suppression, 'channel' | 'address'>): Promise<boolean>;
  /** Nothing goes to these addresses as before, and nobody can read any more which they were. */
  forgetSuppressed(
    unit: UnitOfWork,
    channel: ConsentChannel,
    addresses: readonly string[],
  ): Promise<void>;
  isSuppressed(channel: ConsentChannel, address: string): Promise<boolean>;
}

/** Typed getter of the consent service. */
export const consentService = defineService<ConsentService>('consent');
