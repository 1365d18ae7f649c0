/** Which messages a page shows: at most one banner and one pop-up. Pure. */
import type { ONSITE_KINDS, ONSITE_TRIGGERS } from '../../../shared/onsite';

export interface StoredMessage {
  readonly documentId: string;
  readonly name: string;
  readonly kind: (typeof ONSITE_KINDS)[number];
  readonly heading: string;
  readonly text: string;
  readonly buttonLabel: string;
  readonly buttonUrl: string;
  /** As stored: the Audience field holds audience and slot. */
  readonly audience: unknown;
  readonly paths: readonly string[];
  readonly place: 'top' | 'bottom';
  readonly trigger: (typeof ONSITE_TRIGGERS)[number];
  readonly triggerValue: number;
  readonly perSession: number;
  /** Null: no limit. */
  readonly perDay: number | null;
  readonly perLifetime: number | null;
  readonly priority: number;
}

export interface Seen {
  readonly today: number;
  readonly ever: number;
}

export const isFor = ({ paths }: Pick<StoredMessage, 'paths'>, path: string): boolean =>
  paths.length === 0 || paths.some((wanted) => isPath(wanted, path));

function isPath(wanted: string, path: string): boolean {
  if (!wanted.endsWith('/*')) return wanted === path;
  const folder = wanted.slice(0, -2);
  return path === folder || path.startsWith(`${folder}/`);
}

export const isWithinCaps = (
  { perDay, perLifetime }: Pick<StoredMessage, 'perDay' | 'perLifetime'>,
  seen: Seen | undefined,
): boolean =>
  !seen ||
  ((perDay === null || seen.today < perDay) && (perLifetime === null || seen.ever < perLifetime));

/** The first of each kind by priority; of equal ones the order they came in. */
export function firstOfEach(messages: readonly StoredMessage[]): readonly StoredMessage[] {
  const sorted = [...messages].sort((a, b) => b.priority - a.priority);
  return (['banner', 'popup'] as const).flatMap((kind) => {
    const first = sorted.find((message) => message.kind === kind);
    return first ? [first] : [];
  });
}

/** When the day began on the site's wall clock; on the two days a year that clocks change, an hour off. */
export function dayStart(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  const elapsed = (part('hour') * 60 + part('minute')) * 60 + part('second');
  return Math.floor(now.getTime() / 1000) * 1000 - elapsed * 1000;
}
