/** A mailbox over IMAP for tests: one folder, one user, read-only. It speaks as much as readers ask. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface FakeImap {
  readonly port: number;
  /** Mails by the order they came in. */
  deliver(source: string | Buffer): void;
  /** As a provider does when it restores a folder: same mails, new numbers' validity. */
  renumber(): void;
  /** Every command it was given, without its tag. */
  readonly commands: readonly string[];
  /** True refuses the password. */
  isLocked: boolean;
  stop(): Promise<void>;
}

export const IMAP_USER = 'bounces@example.jp';
export const IMAP_PASSWORD = 'imap password';

class FakeImapServer implements FakeImap {
  readonly commands: string[] = [];
  isLocked = false;
  private readonly mails: Buffer[] = [];
  private validity = 7;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.serve(socket));

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
  }

  deliver(source: string | Buffer): void {
    this.mails.push(Buffer.from(source));
  }

  renumber(): void {
    this.validity += 1;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.answer(socket, line);
    });
  }

  private answer(socket: Socket, line: string): void {
    const [tag = '', ...words] = line.split(' ');
    const command = words.join(' ');
    this.commands.push(command);
    const verb = /^(UID )?\w+/.exec(command.toUpperCase())?.[0] ?? '';
    const reply = this.replies[verb];
    if (!reply) socket.write(`${tag} BAD what is ${verb}\r\n`);
    else socket.write(Buffer.concat([...reply(command), this.done(tag, verb, command)]));
    if (verb === 'LOGOUT') socket.end();
  }

  private done(tag: string, verb: string, command: string): Buffer {
    const known = command.includes(IMAP_USER) && command.includes(IMAP_PASSWORD);
    const refused = verb === 'LOGIN' && (this.isLocked || !known);
    return line(refused ? `${tag} NO [AUTHENTICATIONFAILED] no` : `${tag} OK ${verb} done`);
  }

  private readonly replies: Readonly<Record<string, (command: string) => Buffer[]>> = {
    CAPABILITY: () => [line('* CAPABILITY IMAP4rev1')],
    LOGIN: () => [],
    NOOP: () => [],
    LIST: () => [line('* LIST (\\HasNoChildren) "/" INBOX')],
    LSUB: () => [line('* LSUB () "/" INBOX')],
    EXAMINE: () => [
      line(`* ${this.mails.length} EXISTS`),
      line('* 0 RECENT'),
      line('* FLAGS (\\Seen)'),
      line(`* OK [UIDVALIDITY ${this.validity}] valid`),
      line(`* OK [UIDNEXT ${this.mails.length + 1}] next`),
    ],
    // "n:*" names the last mail also when it is older, as RFC 3501 has it.
    'UID SEARCH': (command) => {
      const from = Number(/(\d+):\*/.exec(command)?.[1] ?? 1);
      const last = this.mails.length;
      const uids = this.mails.map((_, at) => at + 1).filter((uid) => uid >= from || uid === last);
      return [line(`* SEARCH ${uids.join(' ')}`)];
    },
    'UID FETCH': (command) => {
      const uid = Number(/FETCH (\d+)/i.exec(command)?.[1]);
      const source = this.mails[uid - 1] ?? Buffer.alloc(0);
      return [
        Buffer.from(`* ${uid} FETCH (UID ${uid} BODY[]<0> {${source.length}}\r\n`),
        source,
        line(')'),
      ];
    },
    LOGOUT: () => [line('* BYE')],
  };
}

const line = (text: string): Buffer => Buffer.from(`${text}\r\n`);

/** Starts a mailbox on a free port of loopback. */
export async function startFakeImap(): Promise<FakeImap> {
  const server = new FakeImapServer();
  await server.listen();
  return server;
}
