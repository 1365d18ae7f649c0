import { z } from 'zod';
import { ok, refuse, type Answer } from '../http/answer';
import type { RouteContext } from '../http/route';

const originQuery = z.url({ protocol: /^https?$/ });
const TIMEOUT_MS = 1500;
const REMEMBERED_MS = 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const remembered = new Map<string, { at: number; frameable: boolean }>();

/** LINE's own preview fetcher; sites that count visitors know it for a machine. */
const USER_AGENT = 'facebookexternalhit/1.1;line-poker/1.0';

/**
 * Whether the pages of a site may be shown in the phone's frame. Asked of the front page, never of
 * the link itself: opening that would count as a click. Only sites on this computer are asked.
 */
export async function frameable(context: RouteContext): Promise<Answer> {
  const parsed = originQuery.safeParse(context.query.get('origin'));
  if (!parsed.success) return refuse(400, 'The parameter, origin, is invalid');
  const site = new URL(parsed.data);
  // The phone's page may be open as localhost or as 127.0.0.1: the site allows one of them.
  const ours = context.headers.host ? `http://${context.headers.host}` : context.origin;
  if (site.origin === ours) return ok({ frameable: true });
  if (!LOOPBACK.has(site.hostname)) return ok({ frameable: false });
  const pair = `${site.origin} in ${ours}`;
  const known = remembered.get(pair);
  if (known && Date.now() - known.at < REMEMBERED_MS) return ok({ frameable: known.frameable });
  const answer = await ask(site.origin, ours);
  remembered.set(pair, { at: Date.now(), frameable: answer });
  return ok({ frameable: answer });
}

async function ask(site: string, ours: string): Promise<boolean> {
  try {
    const response = await fetch(`${site}/`, {
      headers: { 'user-agent': USER_AGENT },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return allowsFraming(response.headers, ours);
  } catch {
    return false;
  }
}

/** Reads `frame-ancestors`, which goes before the older `X-Frame-Options`. */
export function allowsFraming(headers: Headers, ours: string): boolean {
  const policy = headers.get('content-security-policy') ?? '';
  const ancestors = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(policy)?.[1];
  if (ancestors !== undefined) {
    const allowed = ancestors.trim().split(/\s+/);
    return allowed.some(
      (each) => each === '*' || each === ours || each === 'http:' || each === 'http://localhost:*',
    );
  }
  return headers.get('x-frame-options') === null;
}
