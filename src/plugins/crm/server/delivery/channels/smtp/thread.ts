/**
 * Where mails are written, signed and sent: a thread of its own. What it costs to build a mail and
 * to talk to servers, and the memory that is thrown away by it, would otherwise be felt by everybody
 * who asks for a page meanwhile. The outbox stays here: before a mail leaves, the thread asks.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Frame, FramedText } from '../../../kernel';
import type { HandOver } from '../channel';

import type { Envelope } from './connection';
import type { Mail } from './mime';
import type { Answer, KnownFrame, Order, Report, ThreadServer } from './thread-worker';

/** A mail as the outbox hands it in: its HTML in pieces where many get the same. */
export type DispatchedMail = Omit<Mail, 'html'> & { readonly html: string | FramedText };

export interface Dispatch {
  readonly mail: DispatchedMail;
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

interface Open {
  readonly handOver: Dispatch['handOver'];
  resolve(answer: Answer): void;
}

/**
 * `open` is let go of with the answer. The table of a Map is made anew every few entries, and where
 * the Map is old, so is each table: it keeps what stood in it until the next great collection, and
 * every mail with it. Copying them took longer than anything else that a campaign does here.
 */
interface Pending {
  open: Open | null;
  /** From here on the server may have it. */
  isHandedOver: boolean;
}

/** A campaign has one for each choice of blocks. */
const KEPT_FRAMES = 200;

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
  /** What the thread knows by a number: it is told the same part of many mails once. */
  private readonly frames = new Map<Frame, number>();
  private last = 0;
  private lastFrame = 0;

  constructor(
    private readonly servers: readonly ThreadServer[],
    private readonly start: (servers: readonly ThreadServer[]) => Thread = startWorker,
  ) {}

  /** Sends one mail by the server of that key. */
  deliver(server: string, { mail, envelope, handOver }: Dispatch): Promise<Answer> {
    return new Promise((resolve) => {
      const id = (this.last += 1);
      this.pending.set(id, { open: { handOver, resolve }, isHandedOver: false });
      this.thread ??= this.begin();
      const html = this.known(this.thread, mail.html);
      this.thread.postMessage({ kind: 'deliver', id, server, mail: { ...mail, html }, envelope });
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
    this.frames.clear();
    thread.on('message', (report) => void this.hear(thread, report));
    thread.on('error', (error) => this.end(thread, error.message));
    thread.on('exit', (code) => this.end(thread, `code ${code}`));
    return thread;
  }

  private known(thread: Thread, html: string | FramedText): string | KnownFrame {
    if (typeof html === 'string') return html;
    const { frame, fills } = html;
    const known = this.frames.get(frame);
    if (known !== undefined) return { frame: known, fills };
    if (this.frames.size >= KEPT_FRAMES) {
      thread.postMessage({ kind: 'forget-frames' });
      this.frames.clear();
    }
    const id = (this.lastFrame += 1);
    this.frames.set(frame, id);
    thread.postMessage({ kind: 'frame', id, frame });
    return { frame: id, fills };
  }

  private async hear(thread: Thread, report: Report): Promise<void> {
    const pending = this.pending.get(report.id);
    if (!pending) return;
    if (report.kind === 'answer') {
      this.answer(report.id, pending, report.answer);
      return;
    }
    const isOurs = (await pending.open?.handOver().catch(() => false)) ?? false;
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
    for (const [id, pending] of this.pending) {
      const status = pending.isHandedOver ? 'unknown' : 'unreachable';
      const outcome = { status, reason } as const;
      this.answer(id, pending, { status: 'refused', outcome, isServersFault: false });
    }
  }

  private answer(id: number, pending: Pending, answer: Answer): void {
    const { open } = pending;
    pending.open = null;
    this.pending.delete(id);
    open?.resolve(answer);
  }
}
