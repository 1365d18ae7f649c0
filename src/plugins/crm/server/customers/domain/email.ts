import { domainToASCII } from 'node:url';

import { remember } from './remember';

/**
 * Carriers that once handed out addresses against RFC 5321: dots in a row, at the start or before
 * the @. They exist, so they are accepted for these domains and nowhere else.
 */
const LENIENT_DOMAINS: ReadonlySet<string> = new Set(['docomo.ne.jp', 'ezweb.ne.jp', 'au.com']);

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]";
const STRICT_LOCAL = new RegExp(`^${ATOM}+(\\.${ATOM}+)*$`);
const LENIENT_LOCAL = /^[a-z0-9._+/?-]+$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

const foldedAddress = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC');

/** Most people have their address at one of a few domains. */
const domains = remember(2000, domainToASCII);

/** The address in the one form it is stored and compared in, or null when it cannot be one. */
export function normalizeEmail(text: string): string | null {
  const address = foldedAddress(text).trim().toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > 254) return null;
  const local = address.slice(0, at);
  const domain = domains(address.slice(at + 1));
  if (local.length > 64 || !DOMAIN.test(domain)) return null;
  const allowed = LENIENT_DOMAINS.has(domain) ? LENIENT_LOCAL : STRICT_LOCAL;
  return allowed.test(local) ? `${local}@${domain}` : null;
}
