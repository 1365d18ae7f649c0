/** Is everything in order? Each feature says what it can look at; the health feature asks them all. */
import { defineExtensionPoint } from './extension-point';

/** `yellow`: somebody should look at it today. `red`: something does not work now. */
export type HealthState = 'green' | 'yellow' | 'red';

/** `{ ms }` is written as a length of time and `{ at }` as a moment, in the reader's language. */
export type HealthParam = string | number | { readonly ms: number } | { readonly at: number };

/** One thing that was looked at. */
export interface HealthFinding {
  /** The same thing has the same key on every look: `delivery.queue`, `line.quota:main`. */
  readonly key: string;
  /** Where its texts stand: `<text>.title`, `<text>.green`, `.yellow`, `.red` and `.todo`. */
  readonly text: string;
  readonly state: HealthState;
  readonly params: Readonly<Record<string, HealthParam>>;
  /** Screen of the CRM where something can be done about it. */
  readonly path: string | null;
}

/** Looks at its part every half minute: only by index, and never for long. */
export interface HealthCheck {
  /** `delivery.queue` …: shown when the check itself breaks. */
  readonly name: string;
  look(now: number): Promise<readonly HealthFinding[]>;
}

/** Every feature brings what can go wrong with it. */
export const healthChecks = defineExtensionPoint<HealthCheck>('kernel.health-checks');
