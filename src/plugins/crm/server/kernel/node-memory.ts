/**
 * What a node keeps in memory and another node may change. The others are told over PostgreSQL
 * (`NOTIFY`) in the transaction of the change, so that they hear of it when it has committed. On
 * SQLite there is one node, and this does nothing.
 */
import type { Core } from '@strapi/strapi';
import { ulid } from 'ulid';

import { database, isPostgres } from './database';

export interface NodeMemory {
  /** How old what is kept may grow: short while this node does not hear from the others. */
  maxAge(): number;
  /** Tells the other nodes; whoever changed it forgets its own. Joins the transaction around it. */
  changed(): Promise<void>;
}

/** The connection that listens, as the driver of PostgreSQL gives it. */
interface Connection {
  query(sql: string): Promise<unknown>;
  end(): Promise<void>;
  on(event: 'notification', heard: (notification: { payload?: string }) => void): void;
  on(event: 'error' | 'end', lost: () => void): void;
}

const CHANNEL = 'crm_changed';
/** A node that dies between its change and its word keeps the others wrong no longer than this. */
const TOLD_MS = 60_000;
const UNTOLD_MS = 1_000;
const AGAIN_MS = 500;
const PULSE_MS = 10_000;

class Nodes {
  private readonly own = ulid();
  private readonly forgets = new Map<string, (() => void)[]>();
  private connection: Connection | null = null;
  private again: NodeJS.Timeout | undefined;
  private pulse: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(private readonly strapi: Core.Strapi) {}

  remember(topic: string, forget: () => void): NodeMemory {
    this.forgets.set(topic, [...(this.forgets.get(topic) ?? []), forget]);
    const postgres = isPostgres(database(this.strapi));
    return {
      maxAge: () => {
        if (!postgres) return Number.POSITIVE_INFINITY;
        return this.connection ? TOLD_MS : UNTOLD_MS;
      },
      changed: () => (postgres ? this.tell(topic) : Promise.resolve()),
    };
  }

  /** Until it hears, and whenever it is cut off, it tries again. */
  async listen(): Promise<void> {
    if (this.hasEnded || !isPostgres(database(this.strapi))) return;
    try {
      const { client } = database(this.strapi);
      const connection = (await client.acquireRawConnection()) as Connection;
      connection.on('error', () => this.lost(connection));
      connection.on('end', () => this.lost(connection));
      connection.on('notification', ({ payload }) => this.heard(payload ?? ''));
      // The name is what an operator sees in pg_stat_activity.
      await connection.query(`set application_name to '${CHANNEL}'; listen ${CHANNEL}`);
      if (this.hasEnded) return await connection.end();
      this.connection = connection;
      this.feelPulse(connection);
      // What changed before this node listened, nobody told it.
      this.forgetAll();
    } catch {
      this.tryAgain();
    }
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    clearTimeout(this.again);
    clearTimeout(this.pulse);
    const { connection } = this;
    this.connection = null;
    await connection?.end().catch(() => undefined);
  }

  private async tell(topic: string): Promise<void> {
    const payload = `${this.own} ${topic}`;
    const sql = 'select pg_notify(?, ?)';
    if (!this.strapi.db.inTransaction()) {
      await database(this.strapi).raw(sql, [CHANNEL, payload]);
      return;
    }
    await this.strapi.db.transaction(async ({ trx }) => {
      await trx.raw(sql, [CHANNEL, payload]);
    });
  }

  private heard(payload: string): void {
    const [node, topic = ''] = payload.split(' ');
    if (node === this.own) return;
    for (const forget of this.forgets.get(topic) ?? []) forget();
  }

  private forgetAll(): void {
    for (const forget of [...this.forgets.values()].flat()) forget();
  }

  private lost(connection: Connection): void {
    if (this.connection !== connection) return;
    this.connection = null;
    clearTimeout(this.pulse);
    this.forgetAll();
    this.tryAgain();
  }

  private tryAgain(): void {
    if (this.hasEnded) return;
    this.again = setTimeout(() => void this.listen(), AGAIN_MS);
    this.again.unref();
  }

  /** A connection that died without a word is noticed by its silence. */
  private feelPulse(connection: Connection): void {
    this.pulse = setTimeout(() => {
      const silent = setTimeout(() => {
        this.lost(connection);
        void connection.end().catch(() => undefined);
      }, PULSE_MS);
      silent.unref();
      connection.query('select 1').then(
        () => {
          clearTimeout(silent);
          if (this.connection === connection) this.feelPulse(connection);
        },
        () => this.lost(connection),
      );
    }, PULSE_MS);
    this.pulse.unref();
  }
}

const known = new WeakMap<object, Nodes>();

function nodes(strapi: Core.Strapi): Nodes {
  const existing = known.get(strapi);
  if (existing) return existing;
  const created = new Nodes(strapi);
  known.set(strapi, created);
  return created;
}

/**
 * Whoever keeps something in memory that another node may change says what it is called and how it
 * is forgotten. `forget` is also called whenever word of a change may have been missed.
 */
export const nodeMemory = (strapi: Core.Strapi, topic: string, forget: () => void): NodeMemory =>
  nodes(strapi).remember(topic, forget);

export const listenToNodes = (strapi: Core.Strapi): Promise<void> => nodes(strapi).listen();

export const leaveNodes = (strapi: Core.Strapi): Promise<void> => nodes(strapi).end();
