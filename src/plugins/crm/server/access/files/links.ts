/**
 * Addresses of gated files carry a token that ends. Whoever has the address has the file until then,
 * as with the signed addresses of object stores; the token is for one file and for nothing else.
 */
import type { Core } from '@strapi/strapi';

import { clock, crmConfig, sign, verifySigned } from '../../kernel';
import { TOKEN } from '../domain/signed-files';
import { isGatedName, servedName } from './store';

const PURPOSE = 'gated-file';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A page is looked at now; a message is opened weeks later. */
export const LINK_LIFETIMES = { page: HOUR, message: 30 * 24 * HOUR } as const;
export type LinkLifetime = keyof typeof LINK_LIFETIMES;

/** Signs what this server serves; an object store signs its own addresses. */
export function fileSigner(strapi: Core.Strapi, lifetime: LinkLifetime): (url: string) => string {
  const { secret, publicUrl } = crmConfig(strapi);
  const now = clock(strapi).shared().getTime();
  // The same address for ten minutes, so that a browser finds in its memory what it has.
  const until = (Math.floor(now / (10 * MINUTE)) + 1) * 10 * MINUTE + LINK_LIFETIMES[lifetime];
  return (url) => {
    if (!/^\/(?!\/)/.test(url) && !url.startsWith(`${new URL(publicUrl).origin}/`)) return url;
    const token = sign(secret, PURPOSE, `${until.toString(36)} ${servedName(url)}`);
    return `${url}${url.includes('?') ? '&' : '?'}${TOKEN}=${token}`;
  };
}

/** A file behind no gate, or an address with a proof that still holds. */
export async function opensFile(strapi: Core.Strapi, address: string): Promise<boolean> {
  const name = servedName(address);
  if (!(await isGatedName(strapi, name))) return true;
  const token = new URL(address, crmConfig(strapi).publicUrl).searchParams.get(TOKEN);
  return isValidLink(strapi, name, token);
}

export function isValidLink(strapi: Core.Strapi, name: string, token: unknown): boolean {
  if (typeof token !== 'string') return false;
  const payload = verifySigned(crmConfig(strapi).secret, PURPOSE, token) ?? '';
  const space = payload.indexOf(' ');
  if (space < 0 || payload.slice(space + 1) !== name) return false;
  return parseInt(payload.slice(0, space), 36) > clock(strapi).shared().getTime();
}
