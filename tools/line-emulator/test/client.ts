import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { startLineEmulator, type EmulatorOptions, type LineEmulator } from '../index';

/** An answer as the tests look at it. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}

export const TOKEN = 'token-of-the-tests';
export const SECRET = '8c570fa6dd201bb328f1c1eac23a96d8';

export interface TestWorld {
  emulator: LineEmulator;
  /** A call of the Messaging API with the channel's token. */
  api(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<TestAnswer>;
  admin(method: string, path: string, body?: unknown): Promise<TestAnswer>;
  friend(displayName?: string): Promise<string>;
}

export async function startWorld(options: EmulatorOptions = {}): Promise<TestWorld> {
  const emulator = await startLineEmulator({
    channelToken: TOKEN,
    channelSecret: SECRET,
    ...options,
  });

  async function call(method: string, path: string, init: RequestInit): Promise<TestAnswer> {
    const response = await fetch(emulator.origin + path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    const content: unknown = isJson ? JSON.parse(text) : { text };
    return {
      status: response.status,
      headers: response.headers,
      json: z.record(z.string(), z.unknown()).parse(content),
    };
  }

  const withBody = (body: unknown, headers: HeadersInit): RequestInit =>
    body === undefined
      ? { headers }
      : {
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        };

  const admin: TestWorld['admin'] = (method, path, body) =>
    call(method, `/__emu/${path}`, withBody(body, {}));
  return {
    emulator,
    api: (method, path, body, headers = {}) =>
      call(method, path, withBody(body, { authorization: `Bearer ${TOKEN}`, ...headers })),
    admin,
    async friend(displayName = '花子') {
      const { json } = await admin('POST', 'users', { displayName, friend: true });
      return String(json.id);
    },
  };
}

/** What a webhook receiver got. */
export interface Received {
  signature: string | undefined;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** The status of the next answers. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

/** A webhook receiver that writes down what it gets. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers['x-line-signature'];
      received.push({
        signature: typeof signature === 'string' ? signature : undefined,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null);
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answerWith(next) {
      status = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const eventsSchema = z.object({
  destination: z.string(),
  events: z.array(z.record(z.string(), z.unknown())),
});

/** The events inside a received body. */
export const eventsOf = (received: Received | undefined) =>
  eventsSchema.parse(JSON.parse(received?.body ?? '{}'));
