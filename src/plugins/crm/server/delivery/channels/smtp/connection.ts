/**
 * A handful of SMTP sessions, handed out one message at a time. nodemailer's pool would do, but it
 * cannot say whether content had begun to flow when a session broke, and that is the difference
 * between "try again" and "a person must decide".
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

import SMTPConnection from 'nodemailer/lib/smtp-connection';

import type { CrmConfig } from '../../../kernel';

import { CONNECT_TIMEOUT_MS, IDLE_MS, MESSAGES_PER_CONNECTION, SOCKET_TIMEOUT_MS } from './limits';

export type SmtpConfig = Omit<CrmConfig['email']['smtp'], 'streams'>;

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

export type Delivery =
  | { readonly ok: true; readonly response: string }
  | { readonly ok: false; readonly error: Error; readonly dataStarted: boolean }
  /** `handOver` said that the row is another worker's now. */
  | { readonly ok: false; readonly withdrawn: true };

/**
 * Content that waits for the commit of `handOver`: nodemailer calls `pipe` after the server's 354.
 * It is as much of a stream as nodemailer asks for; a whole one would cost as much as the mail.
 */
class GatedContent extends EventEmitter {
  started = false;
  withdrawn = false;

  constructor(
    private readonly raw: Buffer,
    private readonly handOver: () => Promise<boolean>,
  ) {
    super();
  }

  pipe(destination: Writable): void {
    this.started = true;
    this.handOver().then(
      (ours) => {
        if (ours) destination.end(this.raw);
        else this.withdraw(new Error('withdrawn'));
      },
      (error: unknown) => this.withdraw(asError(error)),
    );
  }

  /** nodemailer lets go of a stream when the session breaks; there is nothing to let go of. */
  unpipe(): this {
    return this;
  }

  destroy(): this {
    return this;
  }

  private withdraw(error: Error): void {
    this.withdrawn = true;
    this.emit('error', error);
  }
}

interface Session {
  readonly connection: SMTPConnection;
  messages: number;
  idle?: NodeJS.Timeout;
}

export class SmtpSessions {
  private readonly idle: Session[] = [];
  private readonly waiting: (() => void)[] = [];
  private open = 0;

  constructor(
    private readonly config: SmtpConfig,
    private readonly silenceMs = SOCKET_TIMEOUT_MS,
  ) {}

  /** Connections at most. */
  get most(): number {
    return this.config.connections;
  }

  async deliver(
    envelope: Envelope,
    raw: Buffer,
    handOver: () => Promise<boolean>,
  ): Promise<Delivery> {
    await this.slot();
    try {
      const session = this.reuse() ?? (await this.connect());
      return await this.transmit(session, envelope, new GatedContent(raw, handOver));
    } catch (error) {
      return { ok: false, error: asError(error), dataStarted: false };
    } finally {
      this.open -= 1;
      this.waiting.shift()?.();
    }
  }

  close(): void {
    for (const session of this.idle.splice(0)) {
      clearTimeout(session.idle);
      session.connection.quit();
    }
  }

  private async slot(): Promise<void> {
    while (this.open >= this.config.connections) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.open += 1;
  }

  private reuse(): Session | undefined {
    for (let session = this.idle.pop(); session; session = this.idle.pop()) {
      clearTimeout(session.idle);
      if (!session.connection.destroyed) return session;
    }
    return undefined;
  }

  private connect(): Promise<Session> {
    const { host, port, secure, user, password } = this.config;
    const connection = new SMTPConnection({
      host,
      port,
      secure,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: this.silenceMs,
    });
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        connection.close();
        reject(error);
      };
      // Stays for the session's life: an error between messages only means that it is gone.
      connection.on('error', fail);
      connection.connect((error) => {
        if (error) return fail(error);
        const session: Session = { connection, messages: 0 };
        if (user === undefined) return resolve(session);
        connection.login({ user, pass: password ?? '' }, (refused) => {
          if (refused) fail(refused);
          else resolve(session);
        });
      });
    });
  }

  private transmit(session: Session, envelope: Envelope, content: GatedContent): Promise<Delivery> {
    return new Promise((resolve) => {
      session.connection.send(
        { from: envelope.from, to: [envelope.to] },
        content as unknown as Readable,
        (error, info) => {
          if (content.withdrawn) {
            // The server waits for content that will not come: only cutting the session ends that.
            session.connection.close();
            resolve({ ok: false, withdrawn: true });
          } else if (error) {
            this.keepAfterRefusal(session, error);
            resolve({ ok: false, error, dataStarted: content.started });
          } else {
            this.keep(session);
            resolve({ ok: true, response: info?.response ?? '' });
          }
        },
      );
    });
  }

  private keep(session: Session): void {
    session.messages += 1;
    if (session.messages >= MESSAGES_PER_CONNECTION || session.connection.destroyed) {
      session.connection.quit();
      return;
    }
    session.idle = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(session), 1);
      session.connection.quit();
    }, IDLE_MS);
    session.idle.unref();
    this.idle.push(session);
  }

  /** A refused recipient does not spoil the session; RSET tells whether it still works. */
  private keepAfterRefusal(session: Session, error: Error): void {
    const refused = 'responseCode' in error && error.responseCode !== 421;
    if (!refused || session.connection.destroyed) {
      session.connection.close();
      return;
    }
    session.connection.reset((failed) => {
      if (failed) session.connection.close();
      else this.keep(session);
    });
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
