/**
 * People before work that nobody waits for. What this process does for many (a campaign that goes
 * out) asks here before each small piece of it, and lets whoever has just asked for a page go first.
 */
import type { Server } from 'node:http';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

interface Patience {
  /** Who has waited so long waits for something else than this thread: a download, a slow database. */
  readonly youngMs: number;
  /** Nobody gives way for longer at a time, so that work goes on under a flood of requests, too. */
  readonly longestMs: number;
  /** So long after somebody has asked for something, others are expected to. */
  readonly visitedMs: number;
  /** While they are, one piece of work begins so long after the other, whoever does it. */
  readonly apartMs: number;
}

const PATIENCE: Patience = { youngMs: 100, longestMs: 20, visitedMs: 500, apartMs: 16 };

interface Waiter {
  readonly timer: NodeJS.Timeout;
  go(): void;
}

/** The requests that are being answered. */
export class Foreground {
  private readonly began = new Set<{ readonly at: number }>();
  private waiters: Waiter[] = [];
  private lastAsked = -Infinity;
  private nextTurn = -Infinity;

  constructor(private readonly patience: Patience = PATIENCE) {}

  watch(server: Server): void {
    server.on('request', (_request, response) => {
      const request = { at: performance.now() };
      this.began.add(request);
      this.lastAsked = request.at;
      response.once('close', () => {
        this.began.delete(request);
        if (!this.isBusy()) this.release();
      });
    });
  }

  /** Resolves when whoever is to go first has had a turn; soon in any case. */
  async giveWay(): Promise<void> {
    // Requests that have arrived are read in between.
    await setImmediate();
    if (this.isBusy()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.patience.longestMs);
        this.waiters.push({ timer, go: resolve });
      });
    }
    await this.turn();
  }

  /**
   * Where people come and go, work that has no end takes a part of the time and not all of it: whoever
   * asks next finds the thread free more often than not, and fewer collections of garbage in between.
   */
  private async turn(): Promise<void> {
    const now = performance.now();
    if (now - this.lastAsked > this.patience.visitedMs) return;
    const at = Math.max(now, this.nextTurn);
    this.nextTurn = at + this.patience.apartMs;
    if (at > now) await delay(at - now);
  }

  private isBusy(): boolean {
    const since = performance.now() - this.patience.youngMs;
    for (const { at } of this.began) if (at > since) return true;
    return false;
  }

  private release(): void {
    for (const { timer, go } of this.waiters.splice(0)) {
      clearTimeout(timer);
      go();
    }
  }
}

const watched = new WeakMap<object, Foreground>();

function foregroundOf(strapi: Core.Strapi): Foreground {
  const existing = watched.get(strapi);
  if (existing) return existing;
  const created = new Foreground();
  watched.set(strapi, created);
  return created;
}

/** Once, before the server listens. */
export function watchRequests(strapi: Core.Strapi): void {
  foregroundOf(strapi).watch(strapi.server.httpServer);
}

/** To be awaited before each piece of work of a millisecond or so. */
export const giveWay = (strapi: Core.Strapi): Promise<void> => foregroundOf(strapi).giveWay();
