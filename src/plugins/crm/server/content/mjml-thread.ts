/**
 * Where MJML is laid out: a thread of its own. One mail takes tens of milliseconds, and whoever asks
 * for a page while a campaign begins, or while an editor looks at a preview, would wait for them.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Core } from '@strapi/strapi';

export interface LayoutOrder {
  readonly id: number;
  readonly mjml: string;
}

export type LayoutReply =
  { readonly id: number; readonly html: string } | { readonly id: number; readonly error: string };

/** As much of a worker as is used here. */
export interface LayoutWorker {
  postMessage(order: LayoutOrder): void;
  on(event: 'message', listen: (reply: LayoutReply) => void): unknown;
  on(event: 'error', listen: (error: Error) => void): unknown;
  on(event: 'exit', listen: (code: number) => void): unknown;
  removeAllListeners(): unknown;
  terminate(): Promise<unknown>;
}

interface Pending {
  readonly timer: NodeJS.Timeout;
  resolve(html: string): void;
  reject(error: Error): void;
}

/** A mail that takes longer has gone wrong; its thread is ended, because nothing else stops it. */
const LONGEST_MS = 30_000;

const startWorker = (): LayoutWorker => {
  const worker = new Worker(path.join(__dirname, 'mjml-worker.js'));
  worker.unref();
  return worker;
};

export class MjmlThread {
  private worker: LayoutWorker | null = null;
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(
    private readonly start: () => LayoutWorker = startWorker,
    private readonly longestMs = LONGEST_MS,
  ) {}

  layOut(mjml: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const id = (this.last += 1);
      const timer = setTimeout(() => this.end('a mail took too long'), this.longestMs);
      this.pending.set(id, { timer, resolve, reject });
      this.worker ??= this.begin();
      this.worker.postMessage({ id, mjml });
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.end('the server is closing');
    await worker?.terminate();
  }

  private begin(): LayoutWorker {
    const worker = this.start();
    worker.on('message', (reply) => this.hear(reply));
    worker.on('error', (error) => this.end(error.message));
    worker.on('exit', (code) => this.end(`code ${code}`));
    return worker;
  }

  private hear(reply: LayoutReply): void {
    const pending = this.pending.get(reply.id);
    if (!pending) return;
    this.pending.delete(reply.id);
    clearTimeout(pending.timer);
    if ('html' in reply) pending.resolve(reply.html);
    else pending.reject(new Error(reply.error));
  }

  /** What it had in hand fails; the next mail gets a new thread. */
  private end(why: string): void {
    const { worker } = this;
    this.worker = null;
    worker?.removeAllListeners();
    void worker?.terminate();
    for (const [id, { timer, reject }] of this.pending) {
      this.pending.delete(id);
      clearTimeout(timer);
      reject(new Error(`The mail was not laid out: ${why}`));
    }
  }
}

const threads = new WeakMap<object, MjmlThread>();

/** MJML to HTML, beside the requests. */
export function layOutMail(strapi: Core.Strapi, mjml: string): Promise<string> {
  const thread = threads.get(strapi) ?? new MjmlThread();
  threads.set(strapi, thread);
  return thread.layOut(mjml);
}

export async function closeMjmlThread(strapi: Core.Strapi): Promise<void> {
  await threads.get(strapi)?.close();
  threads.delete(strapi);
}
