/**
 * What others name, asked for by the server: a canary on this machine's own network hears of every
 * connection, and must hear of none. `outbound` is the one thing of ours that fetches such addresses
 * (see tests/architecture/guard.test.ts): certificates of webhooks, and pictures of messages.
 */
import { once } from 'node:events';
import type { LookupAddress } from 'node:dns';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:https';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  allowedUrl,
  fetchPublic,
  type Resolve,
} from '../../../src/plugins/crm/server/kernel/outbound';
import { certificate } from '../../support/certificate';

let canary: Server;
let port = 0;
let heard = 0;

beforeAll(async () => {
  canary = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  // Everywhere on this machine, by both families where it has both.
  canary.listen(0);
  await once(canary, 'listening');
  ({ port } = canary.address() as AddressInfo);
});
afterAll(() => new Promise((done) => canary.close(done)));
beforeEach(() => {
  heard = 0;
});

/** A name that answers so, one answer after the other; the last one for ever. */
function named(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve: Resolve = (hostname, _options, done) => {
    const addresses = answers[Math.min(asked.push(hostname), answers.length) - 1] ?? [];
    const found = addresses.map((address): LookupAddress => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    setImmediate(() => done(null, found));
  };
  return { resolve, asked };
}

const fetched = (address: string, network: Parameters<typeof fetchPublic>[2] = {}) =>
  fetchPublic(new URL(address), 1_000, network);

it('has a canary that sings', async () => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'close');
  expect(heard).toBe(1);
});

describe('a name that leads inside', () => {
  it.each([
    ['127.0.0.1'],
    ['127.8.9.10'],
    ['0.0.0.0'],
    ['::1'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['169.254.169.254'],
    ['10.0.0.1'],
    ['fd00::1'],
    ['203.0.113.7', '127.0.0.1'],
  ])('is not followed: %s %s', async (...addresses) => {
    const { resolve } = named(addresses.filter((address) => address !== undefined));
    const asked = fetched(`https://shop.example:${port}/`, { ask: resolve });
    await expect(asked).rejects.toThrow('leads inside');
    expect(heard).toBe(0);
  });

  it('is not followed when it leads outside at other times', async () => {
    const { resolve, asked } = named(['127.0.0.1'], ['203.0.113.7'], ['127.0.0.1']);
    const url = `https://rebound.example:${port}/`;
    await expect(fetched(url, { ask: resolve })).rejects.toThrow('leads inside');
    // Public this time: what was looked at is what is connected to, without asking again.
    const stopped = new AbortController();
    const asOutside: Resolve = (hostname, options, done) =>
      resolve(hostname, options, (error, addresses) => {
        done(error, addresses);
        stopped.abort();
      });
    const options = { signal: stopped.signal };
    await expect(fetched(url, { ask: asOutside, options })).rejects.toThrow('abort');
    expect(asked).toHaveLength(2);
    await expect(fetched(url, { ask: resolve })).rejects.toThrow('leads inside');
    expect(heard).toBe(0);
  });
});

describe('a number instead of a name', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '０x7f.1',
    '127。0。0。1',
  ])('is refused however it is written: %s', async (host) => {
    const anywhere = { host: /.*/ };
    expect(allowedUrl(`https://${host}/`, anywhere)).toBeNull();
    await expect(fetched(`https://${host}:${port}/`)).rejects.toThrow('is no name');
    expect(heard).toBe(0);
  });
});

it('does not go where a redirect leads', async () => {
  const now = Date.now();
  const { pem: cert, privateKey } = certificate('world.example', [
    new Date(now - 60_000),
    new Date(now + 3_600_000),
  ]);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  let answered = 0;
  const world = createTlsServer({ key, cert }, (_request, response) => {
    answered += 1;
    response.writeHead(302, { location: `https://127.0.0.1:${port}/` }).end();
  });
  world.listen(0, '127.0.0.1');
  await once(world, 'listening');
  const { port: open } = world.address() as AddressInfo;
  // Only here the world is this machine.
  const lookup = ((
    _name: string,
    options: { all?: boolean },
    done: (...args: unknown[]) => void,
  ) =>
    options.all
      ? done(null, [{ address: '127.0.0.1', family: 4 }])
      : done(null, '127.0.0.1', 4)) as never;
  const asked = fetched(`https://world.example:${open}/`, {
    options: { lookup, rejectUnauthorized: false },
  });
  await expect(asked).rejects.toThrow('answered 302');
  world.close();
  expect([answered, heard]).toEqual([1, 0]);
});
