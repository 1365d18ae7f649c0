/** Servers that stop in the middle: what is known of the mail decides what becomes of it. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { SmtpSessions } from './connection';
import { classify } from './errors';

/** Where the server stops, and how. */
interface Script {
  readonly at: 'tls' | 'starttls' | 'rcpt' | 'content' | 'end';
  readonly how: 'silence' | 'drop';
}

const END = '\r\n.\r\n';
/** Long enough that a busy machine never seems silent before the place in question. */
const SILENCE_MS = { silence: 3_000, drop: 60_000 } as const;

/** As much of SMTP as it takes to come to the place where it stops. */
function speak(socket: Socket, { at, how }: Script): void {
  let text = '';
  let isContent = false;
  const stop = () => {
    if (how === 'drop') socket.destroy();
  };
  const reply = (line: string) => socket.write(`${line}\r\n`);
  if (at !== 'tls') reply('220 mail.example.jp');
  const command = (line: string) => {
    if (/^EHLO/i.test(line)) return reply(at === 'starttls' ? '250-hi\r\n250 STARTTLS' : '250 hi');
    if (/^STARTTLS/i.test(line)) return reply('220 go on');
    if (/^RCPT/i.test(line) && at === 'rcpt') return stop();
    if (!/^DATA/i.test(line)) return reply('250 ok');
    isContent = true;
    reply('354 go on');
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    // What is not a command is the beginning of TLS.
    if (at === 'tls' || chunk[0] === 0x16) return stop();
    text += chunk.toString('latin1');
    if (isContent) {
      if (at === 'content' || text.includes(END)) stop();
      return;
    }
    for (let end = text.indexOf('\r\n'); end >= 0 && !isContent; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      command(line);
    }
  });
}

let server: Server | undefined;
afterEach(
  () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
);

/** How a mail ends at such a server, and whether it was handed over before. */
async function sendTo(script: Script) {
  const sockets: Socket[] = [];
  server = createServer((socket) => {
    sockets.push(socket);
    speak(socket, script);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = { host: '127.0.0.1', port, secure: script.at === 'tls', connections: 1 };
  let handedOver = false;
  const sessions = new SmtpSessions(config, SILENCE_MS[script.how]);
  const delivery = await sessions.deliver(
    { from: 'news@shop.example.jp', to: 'sato@example.jp' },
    Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(10_000)}\r\n`),
    () => {
      handedOver = true;
      return Promise.resolve(true);
    },
  );
  for (const socket of sockets) socket.destroy();
  sessions.close();
  if (!('error' in delivery)) throw new Error('nobody took it');
  return { status: classify(delivery.error, delivery.dataStarted).status, handedOver };
}

describe('a server that stops', () => {
  it.each([
    { at: 'end', how: 'silence' },
    { at: 'end', how: 'drop' },
    { at: 'content', how: 'drop' },
  ] as const)(
    'after it has asked for the mail leaves a person to decide: $at, $how',
    async (script) => {
      expect(await sendTo(script)).toEqual({ status: 'unknown', handedOver: true });
    },
  );

  it.each([
    { at: 'rcpt', how: 'silence' },
    { at: 'rcpt', how: 'drop' },
    { at: 'tls', how: 'drop' },
    { at: 'starttls', how: 'drop' },
  ] as const)('before that costs nothing, and it is tried again: $at, $how', async (script) => {
    expect(await sendTo(script)).toEqual({ status: 'unreachable', handedOver: false });
  });
});
