/** Which clause of an audience decided, so that a person can be told. Pure. */
import type { Audience } from '../../../shared/access';
import { namedRule, truth, type Scene } from './decide';

/** The smallest part of a rule that settles it, and how it came out. */
export interface DecidingClause {
  readonly clause: Audience;
  readonly met: 'yes' | 'no' | 'unknown';
}

export function decidingClause(audience: Audience, scene: Scene): DecidingClause {
  const value = truth(audience, scene);
  const met = value === undefined ? 'unknown' : value ? 'yes' : 'no';
  const whole: DecidingClause = { clause: audience, met };
  if (audience.type === 'rule') return namedRule(audience.id, scene, decidingClause) ?? whole;
  const parts = partsOf(audience);
  // All parts together settle it where none does alone: `and` that holds, `or` that does not.
  const alone = parts.length === 1 || (audience.type === 'or') === (met === 'yes');
  const part = parts.find((candidate) => truth(candidate, scene) === value);
  return part && (alone || met === 'unknown') ? decidingClause(part, scene) : whole;
}

function partsOf(audience: Audience): readonly Audience[] {
  if (audience.type === 'and' || audience.type === 'or') return audience.of;
  if (audience.type !== 'context') return [];
  const asked = Object.entries(audience).filter(
    ([key, wanted]) => key !== 'type' && wanted !== undefined,
  );
  // A rule that asks one thing is that thing: taking it apart again would never end.
  if (asked.length < 2) return [];
  return asked.map(([key, wanted]) => ({ type: 'context', [key]: wanted }) as Audience);
}
