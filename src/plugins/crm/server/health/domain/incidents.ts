/** From what was found now and what is open: what begins, what calms down and what is over. Pure. */
import type { HealthState } from '../../../shared/health';

export interface OpenIncident {
  readonly id: number;
  readonly key: string;
  /** Since when it has not been red; null while it is. */
  readonly calmSince: number | null;
}

interface Found {
  readonly key: string;
  readonly state: HealthState;
}

/** So long must it be calm: something that comes and goes is one incident, told of once. */
export const CALM_MS = 2 * 60_000;

export interface IncidentPlan<F extends Found> {
  readonly begin: readonly F[];
  /** Red again before it was over. */
  readonly relapsed: readonly number[];
  readonly calmed: readonly number[];
  readonly over: readonly number[];
}

export function planIncidents<F extends Found>(
  open: readonly OpenIncident[],
  found: readonly F[],
  now: number,
): IncidentPlan<F> {
  const red = new Map(found.filter(({ state }) => state === 'red').map((one) => [one.key, one]));
  const known = new Set(open.map(({ key }) => key));
  const still = open.filter(({ key }) => red.has(key));
  // What is not looked at any more (an account that was removed) is calm, too.
  const calm = open.filter(({ key }) => !red.has(key));
  const isOver = ({ calmSince }: OpenIncident) => calmSince !== null && now - calmSince >= CALM_MS;
  return {
    begin: [...red.values()].filter(({ key }) => !known.has(key)),
    relapsed: still.filter(({ calmSince }) => calmSince !== null).map(({ id }) => id),
    calmed: calm.filter(({ calmSince }) => calmSince === null).map(({ id }) => id),
    over: calm.filter(isOver).map(({ id }) => id),
  };
}

const ORDER: readonly HealthState[] = ['green', 'yellow', 'red'];

/** The worst of them; green when there is nothing to look at. */
export const worst = (states: readonly HealthState[]): HealthState =>
  ORDER[Math.max(0, ...states.map((state) => ORDER.indexOf(state)))] ?? 'green';
