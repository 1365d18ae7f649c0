import { FEW, type LintRule } from './rule';

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'line:']);

function isBroken(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname, pathname } = new URL(address);
  if (!SCHEMES.has(protocol)) return true;
  if (protocol === 'mailto:') return !/^[^@\s]+@[^@\s]+$/.test(decodeURIComponent(pathname));
  const isPlace = hostname === 'localhost' || hostname.includes('.') || hostname.includes(':');
  return protocol.startsWith('http') && !isPlace;
}

/** A link that no mail program can open: `#`, a name without a scheme, `http:///`, a script. */
export const links: LintRule = (message) =>
  message.links
    .filter(({ url }) => isBroken(url))
    .slice(0, FEW)
    .map(({ url }) => ({
      severity: 'error',
      key: 'delivery.lint.broken-link',
      params: { url: url.slice(0, 120) },
    }));
