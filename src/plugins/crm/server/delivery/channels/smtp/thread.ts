/**
 * Where mails are written, signed and sent: a thread of its own. What it costs to build a mail and
 * to talk to servers, and the memory that is thrown away by it, would otherwise be felt by everybody
 * who asks for a page meanwhile. The outbox stays here: before a mail leaves, the thread asks.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { HandOver } from '../channel';

import type { Envelope } from './connection';
import type { Mail } from './mime';
import type { Answer, Order, Report, ThreadServer } from './thread-worker';

export interface Dispatch {
  readonly mail: Mail;
  readonly envelope: Envelope;
  handOver(): ReturnType<HandOver>;
}

/** As much of a worker as is used here. */
export interface Thread {
  postMessage(order: Order): void;
  on(event: 'message', listen: (report: Report) => void): unknown;
  on(event: 'error', listen: (error: Error) => void): unknown;
  on(event: 'exit', listen: (code: number) => void): unknown;
  removeAllListeners(): unknown;
  terminate(): Promise<unknown>;
}

interface Pending {
  readonly handOver: Dispatch['handOver'];
  /** From here on the server may have it. */
  isHandedOver: boolean;
  resolve(answer: Answer): void;
}

/** Sessions say goodbye; a server that does not answer is not waited for. */
const GOODBYE_MS = 1_000;

const startWorker = (servers: readonly ThreadServer[]): Thread => {
  const worker = new Worker(path.join(__dirname, 'thread-worker.js'), { workerData: { servers } });
  worker.unref();
  return worker;
};

export class MailThread {
  private thread: Thread | null = null;
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(
    private readonly servers: readonly ThreadServer[],
    private readonly start: (servers: readonly ThreadServer[]) => Thread = startWorker,
  ) {}

  /** Sends one mail by the server of that key. */
  deliver(server: string, { mail, envelope, handOver }: Dispatch): Promise<Answer> {
    return new Promise((resolve) => {
      const id = (this.last += 1);
      this.pending.set(id, { handOver, isHandedOver: false, resolve });
      this.thread ??= this.begin();
      this.thread.postMessage({ kind: 'deliver', id, server, mail, envelope });
    });
  }

  async close(): Promise<void> {
    const { thread } = this;
    if (!thread) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GOODBYE_MS);
      thread.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      thread.postMessage({ kind: 'close' });
    });
    await thread.terminate();
  }

  private begin(): Thread {
    const thread = this.start(this.servers);
    thread.on('message', (report) => void this.hear(thread, report));
    thread.on('error', (error) => this.end(thread, error.message));
    thread.on('exit', (code) => this.end(thread, `code ${code}`));
    return thread;
  }

  private async hear(thread: Thread, report: Report): Promise<void> {
    const pending = this.pending.get(report.id);
    if (!pending) return;
    if (report.kind === 'answer') {
      this.pending.delete(report.id);
      pending.resolve(report.answer);
      return;
    }
    const isOurs = await pending.handOver().catch(() => false);
    pending.isHandedOver = isOurs;
    if (this.thread === thread) {
      thread.postMessage({ kind: 'handed-over', id: report.id, isOurs });
    }
  }

  /** The next mail gets a new thread. What the old one had in hand may have left the house, or not. */
  private end(thread: Thread, why: string): void {
    if (this.thread !== thread) return;
    this.thread = null;
    const reason = `the mail thread ended: ${why}`;
    for (const [id, { isHandedOver, resolve }] of this.pending) {
      this.pending.delete(id);
      const status = isHandedOver ? 'unknown' : 'unreachable';
      resolve({ status: 'refused', outcome: { status, reason }, isServersFault: false });
    }
  }
}
