/** A real SMTP server for tests: keeps what it was sent, and fails when and how a test wants. */
import type { AddressInfo, Socket } from 'node:net';

import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  parse(): Promise<Email>;
}

/** Where in the conversation the server is. */
export interface SmtpMoment {
  readonly stage: 'connect' | 'mail' | 'rcpt' | 'data';
  /** The sender at `mail`, the recipient at `rcpt`, the first recipient at `data`. */
  readonly address: string;
}

/**
 * A refusal with its code; `silence` never answers; `drop` cuts the connection before the mail is
 * taken; `take-then-drop` takes the mail and cuts before saying so, which the sender cannot tell
 * from `drop`.
 */
export type SmtpFault =
  { code: number; message: string } | 'silence' | 'drop' | 'take-then-drop' | undefined;

export interface FakeSmtp {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /**
   * Decides at every moment; a test sets it, undefined is a server in good health. The server says
   * nothing until a promise is kept.
   */
  fault: ((moment: SmtpMoment) => SmtpFault | Promise<SmtpFault>) | undefined;
  /** Connections opened since the start. */
  readonly connections: number;
  /** Resolves as soon as that many mails have come in. */
  received(count: number): Promise<readonly ReceivedMail[]>;
  clear(): void;
  stop(): Promise<void>;
}

type Done = (error?: Error | null) => void;

async function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

class FakeSmtpServer implements FakeSmtp {
  readonly mails: ReceivedMail[] = [];
  fault: FakeSmtp['fault'];
  connections = 0;
  private readonly sockets = new Map<string, Socket>();
  private waiting: { count: number; resolve: () => void }[] = [];
  private readonly server: SMTPServer;

  constructor(secure: boolean) {
    this.server = new SMTPServer({
      secure,
      // It takes a local part in quotes for what it is, as mail servers do.
      lenientAddressParsing: true,
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onConnect: (session, done) => void this.answer('connect', '', session, done),
      onMailFrom: ({ address }, session, done) => void this.answer('mail', address, session, done),
      onRcptTo: ({ address }, session, done) => void this.answer('rcpt', address, session, done),
      // A sender that goes away in the middle of its mail is no failure of the test.
      onData: (stream, session, done) => void this.take(stream, session, done).catch(done),
    });
    // A dropped connection is what a test asked for, not an error.
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => {
      this.connections += 1;
      const key = String(socket.remotePort);
      this.sockets.set(key, socket);
      socket.once('close', () => this.sockets.delete(key));
    });
  }

  get port(): number {
    const address: AddressInfo | string | null = this.server.server.address();
    if (!address || typeof address === 'string') throw new Error('the SMTP server has no port');
    return address.port;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
  }

  async received(count: number): Promise<readonly ReceivedMail[]> {
    if (this.mails.length < count) {
      await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    }
    return this.mails;
  }

  clear(): void {
    this.mails.length = 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.values()) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private drop(session: SMTPServerSession): void {
    this.sockets.get(String(session.remotePort))?.destroy();
  }

  private async answer(
    stage: SmtpMoment['stage'],
    address: string,
    session: SMTPServerSession,
    done: Done,
  ): Promise<void> {
    const fault = await this.fault?.({ stage, address });
    if (fault === 'silence') return;
    if (fault === 'drop' || fault === 'take-then-drop') this.drop(session);
    else if (fault) done(Object.assign(new Error(fault.message), { responseCode: fault.code }));
    else done();
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: Done,
  ): Promise<void> {
    const raw = await readAll(stream);
    const to = session.envelope.rcptTo.map((recipient) => recipient.address);
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    const fault = await this.fault?.({ stage: 'data', address: to[0] ?? '' });
    if (fault === undefined || fault === 'take-then-drop') {
      this.mails.push({ from, to, raw, parse: () => PostalMime.parse(raw) });
      this.wake();
    }
    if (fault === 'silence') return;
    if (fault === 'drop' || fault === 'take-then-drop') this.drop(session);
    else if (fault) done(Object.assign(new Error(fault.message), { responseCode: fault.code }));
    else done();
  }

  private wake(): void {
    const ready = this.waiting.filter(({ count }) => this.mails.length >= count);
    this.waiting = this.waiting.filter(({ count }) => this.mails.length < count);
    for (const { resolve } of ready) resolve();
  }
}

/** Starts a server on a free port of loopback; `secure` speaks TLS from the start, self-signed. */
export async function startFakeSmtp({ secure = false } = {}): Promise<FakeSmtp> {
  const server = new FakeSmtpServer(secure);
  await server.listen();
  return server;
}
