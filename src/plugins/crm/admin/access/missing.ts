/** What a rule names that is no longer there. Pure. */
import type { AccessChoices, Audience } from '../../shared/access';

export interface Missing {
  readonly kind: 'tiers' | 'plans' | 'segments' | 'rules';
  readonly key: string;
}

/** Nothing is missing of a kind that cannot be listed here (plans may be free words). */
export function missingOf(audience: Audience, choices: AccessChoices): readonly Missing[] {
  const gone = (kind: Missing['kind'], keys: readonly string[]): Missing[] =>
    keys
      .filter((key) => !choices[kind].some(({ value }) => value === key))
      .map((key) => ({ kind, key }));
  switch (audience.type) {
    case 'tiers':
      return gone('tiers', audience.keys);
    case 'plans':
      return choices.plans.length === 0 ? [] : gone('plans', audience.keys);
    case 'segments':
      return gone('segments', audience.ids);
    case 'rule':
      return gone('rules', [audience.id]);
    case 'and':
    case 'or':
      return audience.of.flatMap((part) => missingOf(part, choices));
    case 'not':
      return missingOf(audience.of, choices);
    default:
      return [];
  }
}
