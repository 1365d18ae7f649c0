/**
 * The guard. It speaks twice: at expansion, where set-based SQL gives every row its verdict, and
 * again for each claimed batch, so that what a person withdrew in between holds.
 */
import type { Core } from '@strapi/strapi';

import type { GuardReason } from '../../shared/delivery';
import { addressHash, consentService, type ConsentChannel } from '../consent';
import { clock, database, giveWay, type Database } from '../kernel';

import type { Channel } from './channels/channel';
import { overCap } from './frequency';
import { configuredChannels } from './outbox/configured-channels';
import { unwillingPeople } from './preferences';
import { sendingRules } from './rules';
import { allSuppressed, hasSuppressions, suppressedHashes } from './store/expansion';
import { recipientsOf, type Recipient } from './store/outbox';
import { readersAmong } from './store/resend';

interface Addressed {
  readonly id: number;
  readonly customer_id: number | null;
  readonly address: string | null;
}

/** Ids of rows whose address must get nothing more on this channel. */
export async function suppressedRows(
  db: Database,
  channel: ConsentChannel,
  rows: readonly Addressed[],
): Promise<Set<number>> {
  if (rows.length === 0 || !(await hasSuppressions(db, channel))) return new Set();
  const hashOf = new Map(rows.map((row) => [row.id, addressHash(channel, row.address ?? '')]));
  const suppressed = await suppressedHashes(db, channel, [...new Set(hashOf.values())]);
  return new Set(
    rows.filter((row) => suppressed.has(hashOf.get(row.id) ?? '')).map((row) => row.id),
  );
}

/** A hundred bytes each. */
const KEPT_SUPPRESSIONS = 50_000;

/**
 * The same question for a whole campaign, range after range: the list is read once where it is
 * short. What is suppressed meanwhile is found when the batch is claimed.
 */
export async function suppressionFilter(
  db: Database,
  channel: ConsentChannel,
): Promise<(db: Database, rows: readonly Addressed[]) => Promise<Set<number>>> {
  const all = await allSuppressed(db, channel, KEPT_SUPPRESSIONS);
  if (all === null) return (trx, rows) => suppressedRows(trx, channel, rows);
  const isGone = ({ address }: Addressed) => all.has(addressHash(channel, address ?? ''));
  return (_trx, rows) =>
    Promise.resolve(new Set(all.size === 0 ? [] : rows.filter(isGone).map(({ id }) => id)));
}

/** What the rows are about, beside whom they are for. */
export interface Occasion {
  /** The campaign that this one repeats for those who did not read it. */
  readonly original: number | null;
  /** What it is about, where the campaign says so. */
  readonly topic: number | null;
}

/**
 * Of a claimed marketing batch: who may not get it any more, and why; a few queries a batch. The
 * first reason stands: what a person said comes before what the house thinks.
 */
export async function refusedNow(
  strapi: Core.Strapi,
  channel: Channel,
  rows: readonly Addressed[],
  { original, topic }: Occasion,
): Promise<{ refused: Map<number, GuardReason>; waiting: ReadonlySet<number> }> {
  const db = database(strapi);
  const refused = await consentRefusals(strapi, channel, rows);
  const refuse = (ids: Iterable<number>, reason: GuardReason) => {
    for (const id of ids) if (!refused.has(id)) refused.set(id, reason);
  };
  await giveWay(strapi);
  refuse(await suppressedRows(db, channel.consentChannel, rows), 'suppressed');
  const unwilling = await unwillingPeople(strapi, topic, peopleIn(rows));
  for (const row of rows) {
    const reason = unwilling.get(row.customer_id ?? 0);
    if (reason) refuse([row.id], reason);
  }
  if (original !== null) {
    const readers = await readersAmong(db, original, peopleIn(rows));
    refuse(rowsOf(rows, readers), 'already-read');
  }
  await giveWay(strapi);
  const left = rows.filter((row) => !refused.has(row.id));
  const now = clock(strapi).now().getTime();
  const capped = await overCap(db, await sendingRules(strapi), { rows: left, own: rows }, now);
  for (const [id, reason] of capped.blocked) refuse([id], reason);
  return { refused, waiting: capped.waiting };
}

/**
 * Of rows that one call carries once more: whom it must leave out, because their row is over or
 * because they said no since, even where their own row's turn has not come.
 */
export async function withheldNow(
  strapi: Core.Strapi,
  messageIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const db = database(strapi);
  const rows = await recipientsOf(db, messageIds);
  const isOver = ({ status, is_sent_again }: Recipient) =>
    status === 'blocked' || status === 'cancelled' || Boolean(is_sent_again);
  const withheld = new Set(rows.filter(isOver).map(({ id }) => Number(id)));
  for (const channel of configuredChannels(strapi)) {
    const own = rows.filter((row) => row.channel === channel.key && !isOver(row));
    if (own.length === 0) continue;
    const refused = await consentRefusals(strapi, channel, own);
    const suppressed = await suppressedRows(db, channel.consentChannel, own);
    for (const id of [...refused.keys(), ...suppressed]) withheld.add(Number(id));
  }
  return withheld;
}

const peopleIn = (rows: readonly Addressed[]): number[] => [
  ...new Set(rows.flatMap((row) => row.customer_id ?? [])),
];

const rowsOf = (rows: readonly Addressed[], people: ReadonlySet<number>): number[] =>
  rows.filter((row) => people.has(row.customer_id ?? 0)).map((row) => row.id);

async function consentRefusals(
  strapi: Core.Strapi,
  channel: Channel,
  rows: readonly Addressed[],
): Promise<Map<number, GuardReason>> {
  const states = await consentService(strapi).statesOf(peopleIn(rows));
  const refused = new Map<number, GuardReason>();
  for (const row of rows) {
    const state = states
      .get(row.customer_id ?? 0)
      ?.find(
        (candidate) =>
          candidate.channel === channel.consentChannel && candidate.purpose === 'marketing',
      );
    if (!state) refused.set(row.id, 'no-consent');
    else if (!state.granted) refused.set(row.id, 'withdrawn');
  }
  return refused;
}
