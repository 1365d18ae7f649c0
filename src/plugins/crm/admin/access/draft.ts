/** An audience while it is being chosen: what is not complete yet is allowed to stand. */
import type { Audience } from '../../shared/access';

export type AudienceType = Audience['type'];

export const AUDIENCE_TYPES: readonly AudienceType[] = [
  'everyone',
  'visitors',
  'members',
  'tiers',
  'plans',
  'segments',
  'context',
  'joined',
  'experiment',
  'rule',
  'and',
  'or',
  'not',
];

const members: Audience = { type: 'members' };

/** What stands there right after a kind was chosen. */
export function newAudience(type: AudienceType): Audience {
  switch (type) {
    case 'tiers':
    case 'plans':
      return { type, keys: [] };
    case 'segments':
      return { type, ids: [] };
    case 'experiment':
      return { type, id: '', variants: ['a'] };
    case 'rule':
      return { type, id: '' };
    case 'and':
    case 'or':
      return { type, of: [members, { type: 'tiers', keys: [] }] };
    case 'not':
      return { type, of: members };
    default:
      return { type };
  }
}

/** `a, b、c` → the words; none is no condition. */
export function wordsOf(text: string): string[] | undefined {
  const words = text
    .split(/[,、，]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return words.length > 0 ? words : undefined;
}

/** Leaves out keys without a value, so that what is stored is what was chosen. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== ''),
  ) as T;
}
