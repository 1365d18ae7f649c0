/**
 * People before work that nobody waits for. What this process does for many (a campaign that goes
 * out) asks here before each small piece of it, and lets whoever has just asked for a page go first.
 */
import type { Server, ServerResponse } from 'node:http';
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

interface Request {
  readonly at: number;
  /** When somebody had asked for something before. */
  readonly before: number;
}

/** The requests that are being answered. */
export class Foreground {
  private readonly began = new Map<ServerResponse, Request>();
  /** Requests that nobody looks at a screen for. */
  private readonly aside = new WeakSet<ServerResponse>();
  private waiters: Waiter[] = [];
  private lastAsked = -Infinity;
  private nextTurn = -Infinity;

  constructor(private readonly patience: Patience = PATIENCE) {}

  watch(server: Server): void {
    server.on('request', (_request, response) => {
      // The application may hear of a request first.
      if (this.aside.has(response)) return;
      const request = { at: performance.now(), before: this.lastAsked };
      this.began.set(response, request);
      this.lastAsked = request.at;
      response.once('close', () => this.forget(response));
    });
  }

  /** This request is work as well: nobody waits for its answer before a screen. */
  standAside(response: ServerResponse): void {
    this.aside.add(response);
    const request = this.began.get(response);
    if (!request) return;
    if (this.lastAsked === request.at) this.lastAsked = request.before;
    this.forget(response);
  }

  /** Somebody has asked for a page just now, and others are expected to. */
  isVisited(): boolean {
    return performance.now() - this.lastAsked <= this.patience.visitedMs;
  }

  /** Resolves when whoever is to go first has had a turn; soon in any case. */
  async giveWay(): Promise<void> {
    await this.letPass();
    await this.turn();
  }

  /** As `giveWay`, for what is waited for too: it takes all of the time in which nobody asks. */
  async letPass(): Promise<void> {
    // Requests that have arrived are read in between.
    await setImmediate();
    if (!this.isBusy()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.patience.longestMs);
      this.waiters.push({ timer, go: resolve });
    });
  }

  /**
   * Where people come and go, work that has no end takes a part of the time and not all of it: whoever
   * asks next finds the thread free more often than not, and fewer collections of garbage in between.
   */
  private async turn(): Promise<void> {
    if (!this.isVisited()) return;
    const now = performance.now();
    const at = Math.max(now, this.nextTurn);
    this.nextTurn = at + this.patience.apartMs;
    if (at > now) await delay(at - now);
  }

  private isBusy(): boolean {
    const since = performance.now() - this.patience.youngMs;
    for (const { at } of this.began.values()) if (at > since) return true;
    return false;
  }

  private forget(response: ServerResponse): void {
    this.began.delete(response);
    if (!this.isBusy()) this.release();
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

/** Of a request that is no page, before anything else is done about it. */
export const standAside = (strapi: Core.Strapi, response: ServerResponse): void =>
  foregroundOf(strapi).standAside(response);

export const isVisited = (strapi: Core.Strapi): boolean => foregroundOf(strapi).isVisited();

/** Where nobody visits it costs nothing; otherwise whoever asks for a page goes first. */
export async function letPagesPass(strapi: Core.Strapi): Promise<void> {
  if (isVisited(strapi)) await foregroundOf(strapi).letPass();
}
