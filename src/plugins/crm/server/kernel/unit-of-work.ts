import { AsyncLocalStorage } from 'node:async_hooks';

import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { clock } from './clock';
import { deliverInline, insertEvent, wakeDispatcher, type DomainEventToken } from './domain-events';

/** One transaction and the domain events written in it. */
export interface UnitOfWork {
  readonly trx: Knex.Transaction;
  /** Writes the event in this transaction: it is delivered if, and only if, the cause commits. */
  publish<P extends object>(event: DomainEventToken<P>, payload: P): Promise<void>;
  /** Runs after commit. For waking workers only: it is lost when the process dies before it. */
  afterCommit(effect: () => void): void;
}

const current = new AsyncLocalStorage<UnitOfWork>();

/**
 * Runs `work` in one transaction of Strapi's database layer (documents and db.query inside join
 * by themselves; knex must be given `trx`). A throw rolls everything back, events included.
 * After commit, subscribers that asked for inline delivery have finished before this returns; one
 * that fails is retried in the background and never fails the caller.
 * A unit inside a unit joins the outer one.
 */
export async function inTransaction<T>(
  strapi: Core.Strapi,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const outer = current.getStore();
  if (outer) return work(outer);

  const published: number[] = [];
  const effects: (() => void)[] = [];
  const value = await strapi.db.transaction(async ({ trx }) => {
    const transaction = trx as unknown as Knex.Transaction;
    const unit: UnitOfWork = {
      trx: transaction,
      async publish(event, payload) {
        const now = clock(strapi).now();
        published.push(await insertEvent(strapi, transaction, event.type, payload, now));
      },
      afterCommit: (effect) => {
        effects.push(effect);
      },
    };
    return current.run(unit, () => work(unit));
  });

  if (published.length > 0) {
    await deliveredNow(strapi, published);
    wakeDispatcher(strapi);
  }
  for (const effect of effects) effect();
  return value as T;
}

/** The cause has been committed: a caller who was told "failed" now would do it again. */
async function deliveredNow(strapi: Core.Strapi, published: readonly number[]): Promise<void> {
  try {
    await deliverInline(strapi, published);
  } catch (error) {
    strapi.log.error(error);
  }
}
