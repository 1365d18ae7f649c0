/** Drains one lane: claim → guard again → render → send → settle, on `parallel` connections. */
import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, giveWay, jobs } from '../../kernel';
import type { Channel, OutboundMessage, SendOutcome } from '../channels/channel';
import type { Lane } from '../domain/lane';
import { priceOf } from '../domain/price';
import { settle, type Settlement } from '../domain/settlement';
import type { MessageRow } from '../store/message-row';
import {
  blockRows,
  claimDue,
  markHandedOver,
  recordSettlements,
  returnRows,
} from '../store/outbox';

import { Backlog } from './backlog';
import { Ledger } from './ledger';

const CLAIM = 200;
const claimOf = ({ batchSize, parallel }: Channel) => Math.max(CLAIM, batchSize * parallel);
type Batches = Backlog<readonly Ready[]>;
/**
 * Rows whose guard is asked at a time, while those before go out. Few: it is done on the thread that
 * answers requests. What goes out in batches stays together.
 */
const PART = 40;
const partOf = ({ batchSize }: Channel) => (batchSize === 1 ? PART : Number.MAX_SAFE_INTEGER);
/** How long the rest of a lane waits when its provider cannot be reached. */
const REST_MS = 15_000;

/** A claimed row that may go out, or why it may not after all. */
export type Prepared =
  | { readonly row: MessageRow; readonly message: OutboundMessage }
  | { readonly row: MessageRow; readonly blocked: string }
  | { readonly row: MessageRow; readonly failed: string }
  /** Not now: asked again at that time, at no cost of an attempt. */
  | { readonly row: MessageRow; readonly later: number };

type Ready = Extract<Prepared, { message: OutboundMessage }>;

/** What the worker asks of the kind of message: a campaign's or a transactional one. */
export interface LaneSource {
  /** False when the lane is to stop: the campaign was paused or cancelled. */
  isOpen(): Promise<boolean>;
  /** All of them in order, a few at a time: what is not asked for yet is not rendered yet. */
  prepare(rows: readonly MessageRow[]): AsyncIterable<readonly Prepared[]>;
  /** After answers are committed; failures of addresses become suppressions here. */
  settled(rows: readonly { row: MessageRow; outcome: SendOutcome }[]): Promise<void>;
}

interface Run {
  readonly channel: Channel;
  readonly owner: string;
  readonly ledger: Ledger;
  readonly source: LaneSource;
  /** Claimed, and not begun when the lane had to stop. */
  readonly unsent: number[];
  /** Set when the provider cannot be reached: nothing more is begun. */
  resting: boolean;
  /** An answer that could not be written down, or a fault of ours. */
  failure: unknown;
}

export class OutboxWorker {
  private readonly leaseMs: number;

  constructor(private readonly strapi: Core.Strapi) {
    this.leaseMs = crmConfig(strapi).delivery.leaseSeconds * 1000;
  }

  /** Sends what is due in the lane; returns when nothing is, or when lane or node has to stop. */
  async drain(lane: Lane, channel: Channel, source: LaneSource): Promise<void> {
    const owner = randomUUID();
    const run: Run = {
      channel,
      owner,
      ledger: this.ledgerOf(owner),
      source,
      unsent: [],
      resting: false,
      failure: null,
    };
    // What was sent may be due again.
    while (await this.round(run, lane));
  }

  /** Sends what is due by now; the next rows are prepared while those before are on their way. */
  private async round(run: Run, lane: Lane): Promise<boolean> {
    const { parallel } = run.channel;
    // One for each connection, so that none of them has to wait for the next.
    const backlog: Batches = new Backlog(parallel);
    const sending = Promise.all(
      Array.from({ length: parallel }, () => this.connection(run, backlog)),
    );
    let claimed = false;
    try {
      for (let rows = await this.claim(run, lane); rows.length > 0;) {
        claimed = true;
        await this.prepareAll(run, rows, backlog);
        rows = await this.claim(run, lane);
      }
    } finally {
      backlog.end();
      await sending;
    }
    await run.ledger.settle([]);
    if (run.failure !== null) throw run.failure;
    await this.returnUnsent(run);
    return claimed;
  }

  /** Nothing where the lane has to stop. */
  private async claim(run: Run, lane: Lane): Promise<readonly MessageRow[]> {
    const { owner, channel, source } = run;
    if (run.failure !== null || this.hasToEnd(run) || !(await source.isOpen())) return [];
    return claimDue(this.db, {
      lane,
      owner,
      now: this.now(),
      leaseMs: this.leaseMs,
      limit: claimOf(channel),
    });
  }

  /** What was begun is answered and written down; nothing more is begun. */
  private hasToEnd({ resting }: Run): boolean {
    return resting || jobs(this.strapi).isStopping;
  }

  private get db() {
    return database(this.strapi);
  }

  private now(): number {
    return clock(this.strapi).now().getTime();
  }

  private ledgerOf(owner: string): Ledger {
    return new Ledger({
      pause: () => giveWay(this.strapi),
      markHandedOver: (ids) =>
        markHandedOver(this.db, ids, { owner, now: this.now(), leaseMs: this.leaseMs }),
      record: (settlements) => recordSettlements(this.db, settlements, { owner, now: this.now() }),
    });
  }

  private async prepareAll(run: Run, rows: readonly MessageRow[], backlog: Batches): Promise<void> {
    for (const part of batches(rows, partOf(run.channel))) {
      if (run.failure !== null) return;
      if (this.hasToEnd(run)) run.unsent.push(...part.map((row) => row.id));
      else await this.preparePart(run, part, backlog);
    }
  }

  private async returnUnsent(run: Run): Promise<void> {
    const unsent = run.unsent.splice(0);
    if (unsent.length === 0) return;
    // A node that is asked to end leaves at once what it has not begun: another one goes on.
    const wait = run.resting ? REST_MS : 0;
    await returnRows(this.db, unsent, run.owner, this.now() + wait);
  }

  private async preparePart(
    run: Run,
    part: readonly MessageRow[],
    backlog: Batches,
  ): Promise<void> {
    const { batchSize } = run.channel;
    await giveWay(this.strapi);
    let ready: Ready[] = [];
    for await (const prepared of run.source.prepare(part)) {
      await this.refuse(run, prepared);
      ready.push(...prepared.filter((item) => 'message' in item));
      if (batchSize > 1) continue;
      for (const item of ready) await backlog.put([item]);
      ready = [];
    }
    for (const batch of batches(ready, batchSize)) await backlog.put(batch);
  }

  private async connection(run: Run, backlog: Batches): Promise<void> {
    try {
      for (let batch = await backlog.take(); batch; batch = await backlog.take()) {
        if (await this.mayBegin(run)) await this.sendBatch(run, batch);
        else run.unsent.push(...batch.map((item) => item.row.id));
      }
    } catch (error) {
      run.failure ??= error;
      backlog.abandon();
    }
  }

  /** A thousand that wait while a thousand go out are asked about once more: it may be paused by then. */
  private async mayBegin(run: Run): Promise<boolean> {
    if (this.hasToEnd(run)) return false;
    return run.channel.batchSize === 1 || run.source.isOpen();
  }

  /** The guard was asked again: consent may have been withdrawn since the row was written. */
  private async refuse(run: Run, prepared: readonly Prepared[]): Promise<void> {
    await blockRows(
      this.db,
      prepared.flatMap((item) =>
        'blocked' in item ? [{ id: item.row.id, reason: item.blocked }] : [],
      ),
      run.owner,
    );
    const failed: Settlement[] = prepared.flatMap((item) =>
      'failed' in item
        ? [
            settle(
              item.row,
              { status: 'failed', reason: item.failed },
              run.channel.maxAttempts,
              this.now(),
            ),
          ]
        : [],
    );
    if (failed.length > 0) await run.ledger.settle(failed);
    for (const item of prepared) {
      if ('later' in item) await returnRows(this.db, [item.row.id], run.owner, item.later);
    }
  }

  private async sendBatch(run: Run, batch: readonly Ready[]): Promise<void> {
    const outcomes = await this.send(run, batch);
    const answered = batch.map(({ row, message }, index) => ({
      row,
      message,
      outcome: outcomes[index] ?? ({ status: 'unknown', reason: 'no answer' } as const),
    }));
    const committed = run.ledger.settle(
      answered.map(({ row, outcome, message }) => ({
        ...settle(row, outcome, run.channel.maxAttempts, this.now()),
        cost: priceOf(run.channel, message.address, message.content),
      })),
    );
    if (answered.some(({ outcome }) => outcome.status === 'unreachable')) run.resting = true;
    if (answered.every(({ outcome }) => outcome.status === 'accepted')) {
      // Not awaited: the ledger commits it before it lets the next message of this connection go.
      committed.catch((error: unknown) => {
        run.failure ??= error;
      });
      return;
    }
    await committed;
    await run.source.settled(answered);
  }

  /** A channel that throws has a bug: its rows end here instead of coming back for ever. */
  private async send(run: Run, batch: readonly Ready[]): Promise<readonly SendOutcome[]> {
    let handedOver = false;
    try {
      return await run.channel.send(
        batch.map((item) => item.message),
        async (ids) => {
          const ours = await run.ledger.handOver(ids);
          handedOver ||= ours;
          return ours;
        },
      );
    } catch (error) {
      this.strapi.log.error(`crm: channel ${run.channel.key} threw: ${String(error)}`);
      const reason = String(error);
      return batch.map(() => ({ status: handedOver ? 'unknown' : 'failed', reason }));
    }
  }
}

function batches<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}
