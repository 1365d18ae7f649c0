/**
 * An SMTP server that counts. A mail counts from the moment its last byte is here; the answer
 * follows a little later, so that a sender that dies meanwhile cannot know.
 */
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface CountingSmtp {
  readonly port: number;
  /** How often each address got a mail. */
  readonly deliveries: ReadonlyMap<string, number>;
  /** Each mail, and when its last byte was here, by `performance.now()`. */
  readonly arrivals: readonly { readonly address: string; readonly at: number }[];
  total(): number;
  /** When the latest mail came, by `performance.now()`. */
  lastAt(): number;
  /** Resolves when that many mails are here. */
  reached(count: number): Promise<void>;
  /** How long it thinks before its answers from now on. */
  slowDown(answerAfterMs: number): void;
  stop(): Promise<void>;
}

async function readToEnd(stream: SMTPServerDataStream): Promise<void> {
  for await (const chunk of stream) void chunk;
}

export async function startCountingSmtp(answerAfterMs: number): Promise<CountingSmtp> {
  const deliveries = new Map<string, number>();
  let thinkMs = answerAfterMs;
  let total = 0;
  const arrivals: { address: string; at: number }[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const address = session.envelope.rcptTo[0]?.address ?? '';
      readToEnd(stream).then(() => {
        deliveries.set(address, (deliveries.get(address) ?? 0) + 1);
        total += 1;
        arrivals.push({ address, at: performance.now() });
        for (const one of waiting) if (total >= one.count) one.resolve();
        waiting = waiting.filter(({ count }) => total < count);
        // A slow provider is the subject: what is killed meanwhile is in doubt.
        setTimeout(done, thinkMs);
      }, done);
    },
  });
  // A killed sender's connection breaks; that is the subject, not an error.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  if (!address || typeof address === 'string') throw new Error('the SMTP server has no port');
  return {
    port: address.port,
    deliveries,
    total: () => total,
    arrivals,
    lastAt: () => arrivals.at(-1)?.at ?? -Infinity,
    reached: (count) =>
      total >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    slowDown(ms) {
      thinkMs = ms;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
