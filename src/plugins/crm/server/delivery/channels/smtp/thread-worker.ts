/** The thread behind `thread`: it writes mails, signs them, and talks to the servers. */
import { parentPort, workerData } from 'node:worker_threads';

import { joinFramed, type Frame } from '../../../kernel/framed-text';
import { stepBack } from '../../../kernel/thread-priority';
import type { SendOutcome } from '../channel';

import { SmtpSessions, type Envelope, type SmtpConfig } from './connection';
import { createSigner } from './dkim';
import { classify, isServersFault } from './errors';
import { writeMime, type Mail } from './mime';

/** What became of one mail at one server. */
export type Answer =
  | { readonly status: 'accepted' }
  /** Nothing was sent: `handOver` said no. */
  | { readonly status: 'withdrawn' }
  | {
      readonly status: 'refused';
      readonly outcome: SendOutcome;
      readonly isServersFault: boolean;
    };

export interface ThreadServer {
  readonly key: string;
  readonly smtp: SmtpConfig;
  readonly dkim: Parameters<typeof createSigner>[0];
}

/** HTML of which the thread knows the same part already. */
export interface KnownFrame {
  readonly frame: number;
  readonly fills: readonly string[];
}

export type Order =
  /** The same part of many mails, for those that come after. */
  | { readonly kind: 'frame'; readonly id: number; readonly frame: Frame }
  | { readonly kind: 'forget-frames' }
  | {
      readonly kind: 'deliver';
      readonly id: number;
      readonly server: string;
      readonly mail: Omit<Mail, 'html'> & { readonly html: string | KnownFrame };
      readonly envelope: Envelope;
    }
  | { readonly kind: 'handed-over'; readonly id: number; readonly isOurs: boolean }
  | { readonly kind: 'close' };

export type Report =
  /** The server is ready for the content; asks for `handed-over`. */
  | { readonly kind: 'hand-over'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer };

type Delivery = Extract<Order, { kind: 'deliver' }>;

const { servers } = workerData as { servers: readonly ThreadServer[] };
const byKey = new Map(
  servers.map(({ key, smtp, dkim }) => [
    key,
    { sessions: new SmtpSessions(smtp), sign: createSigner(dkim) },
  ]),
);
const frames = new Map<number, Frame>();
const asked = new Map<number, (isOurs: boolean) => void>();

const tell = (report: Report) => parentPort?.postMessage(report);

const handOver = (id: number): Promise<boolean> =>
  new Promise((resolve) => {
    asked.set(id, resolve);
    tell({ kind: 'hand-over', id });
  });

function htmlOf(html: Delivery['mail']['html']): string {
  if (typeof html === 'string') return html;
  const frame = frames.get(html.frame);
  if (!frame) throw new Error(`No frame ${html.frame}`);
  return joinFramed({ frame, fills: html.fills });
}

async function deliver({ id, server, mail, envelope }: Delivery): Promise<Answer> {
  const found = byKey.get(server);
  if (!found) throw new Error(`No mail server ${server}`);
  const raw = await found.sign(writeMime({ ...mail, html: htmlOf(mail.html) }));
  const delivery = await found.sessions.deliver(envelope, raw, () => handOver(id));
  if (delivery.ok) return { status: 'accepted' };
  if ('withdrawn' in delivery) return { status: 'withdrawn' };
  const { error, dataStarted } = delivery;
  return {
    status: 'refused',
    outcome: classify(error, dataStarted),
    isServersFault: isServersFault(error),
  };
}

/** A mail that cannot be written ends here instead of coming back for ever. */
const failed = (error: unknown): Answer => ({
  status: 'refused',
  outcome: { status: 'failed', reason: String(error) },
  isServersFault: false,
});

stepBack();
parentPort?.on('message', (order: Order) => {
  if (order.kind === 'deliver') {
    void deliver(order)
      .catch(failed)
      .then((answer) => tell({ kind: 'answer', id: order.id, answer }));
  } else if (order.kind === 'handed-over') {
    asked.get(order.id)?.(order.isOurs);
    asked.delete(order.id);
  } else if (order.kind === 'frame') {
    frames.set(order.id, order.frame);
  } else if (order.kind === 'forget-frames') {
    frames.clear();
  } else {
    for (const { sessions } of byKey.values()) sessions.close();
    parentPort?.close();
  }
});
