/**
 * Fetching an address that somebody else named, for example a certificate in a webhook. The caller
 * says which hosts it trusts; nothing on this network is ever reached that way.
 */
import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { request, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

import type { Core } from '@strapi/strapi';

export interface OutboundRule {
  /** Matched against the whole host name. */
  readonly host: RegExp;
  readonly path?: RegExp;
}

type Answer = (url: URL, most: number) => Promise<string | Buffer>;

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;

const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, prefix, 'ipv6');
}

/** Loopback, private, link-local (cloud metadata) and every spelling of them in IPv6. */
export function isInsideAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return inside.check(mapped, 'ipv4');
  const family = isIP(address);
  return family === 0 || inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** As `dns.lookup` with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Asked once, at the moment of connecting: a name that answers differently later gains nothing. */
const publicOnly =
  (ask: Resolve): LookupFunction =>
  (hostname, options, done) => {
    ask(hostname, { ...options, all: true }, (error, addresses) => {
      const bad = error ?? addresses.find(({ address }) => isInsideAddress(address));
      const first = addresses?.[0];
      if (bad || !first) {
        done(error ?? new Error(`${hostname} leads inside`), '', 4);
      } else if (options.all) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };

/** An address that is a number is never asked for: nobody would look at where it leads. */
const isNumber = ({ hostname }: URL): boolean => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;

/** Null for an address that the rule does not allow. No user, no port of its own, https only. */
export function allowedUrl(address: string, rule: OutboundRule): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:' || url.username || url.password || url.port) return null;
  if (isNumber(url) || !rule.host.test(url.hostname)) return null;
  return rule.path && !rule.path.test(url.pathname) ? null : url;
}

interface Network {
  readonly ask?: Resolve;
  readonly options?: RequestOptions;
}

/** What an address answers, where its name leads out of the house. Tests stand in for the network. */
export const fetchPublic = (
  url: URL,
  most: number,
  { ask = lookup, options = {} }: Network = {},
): Promise<Buffer> =>
  new Promise((done, fail) => {
    if (isNumber(url)) return fail(new Error(`${url.hostname} is no name`));
    const how = { lookup: publicOnly(ask), timeout: TIMEOUT_MS, ...options };
    const asked = request(url, how, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      // A redirect is not followed: it could lead anywhere.
      if (answer.statusCode !== 200) {
        asked.destroy(new Error(`${url.hostname} answered ${answer.statusCode}`));
        return;
      }
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) asked.destroy(new Error(`${url.hostname} answered too much`));
        else chunks.push(chunk);
      });
      answer.on('end', () => done(Buffer.concat(chunks)));
      answer.on('error', fail);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${url.hostname} did not answer`)));
    asked.on('error', fail);
    asked.end();
  });

/** What leaves for the world; a test stands in for the world as it does for the clock. */
export interface Outbound {
  /** Throws when the address is not allowed or does not answer 200. */
  text(address: string, rule: OutboundRule): Promise<string>;
  /** The same, of a file of at most so many bytes. */
  bytes(address: string, rule: OutboundRule, most: number): Promise<Buffer>;
  /** For tests only: who answers instead of the network, until `reset`. Rules still hold. */
  answerWith(answer: Answer): void;
  reset(): void;
}

const outbounds = new WeakMap<object, Outbound>();

function createOutbound(): Outbound {
  let answer: Answer = fetchPublic;
  const ask = async (address: string, rule: OutboundRule, most: number) => {
    const url = allowedUrl(address, rule);
    if (!url) throw new Error('An address that is not allowed was to be fetched');
    return Buffer.from(await answer(url, most));
  };
  return {
    text: async (address, rule) => (await ask(address, rule, MAX_BYTES)).toString(),
    bytes: ask,
    answerWith: (stand) => {
      answer = stand;
    },
    reset: () => {
      answer = fetchPublic;
    },
  };
}

/** Typed getter: `outbound(strapi).text(url, { host: /^…$/ })`. */
export function outbound(strapi: Core.Strapi): Outbound {
  const existing = outbounds.get(strapi);
  if (existing) return existing;
  const created = createOutbound();
  outbounds.set(strapi, created);
  return created;
}
