/**
 * The one decision: may this viewer see what carries this audience, now? Three-valued inside: a
 * fact that is not known is neither true nor false, and `not` of it stays unknown, so nothing opens
 * by ignorance. Whatever is not a valid audience is withheld.
 */
import { audienceSchema, type Audience, type VariantKey } from '../../../shared/access';
import { daysBetween } from './calendar';
import { contextMatches } from './context';
import { remembered } from './remembered';
import { all, any, negate, type Truth } from './truth';
import type { Viewer } from './viewer';

export type WithheldReason = Audience['type'] | 'unknown-audience';

export type Decision =
  | { readonly allow: true }
  | { readonly allow: false; readonly withheld: true; readonly reason: WithheldReason };

const ALLOW: Decision = { allow: true };
const withheld = (reason: WithheldReason): Decision => ({ allow: false, withheld: true, reason });

/** A decision about somebody whom the asker need not know. */
export type Ask = (audience: unknown) => Decision;

/** A named rule by its id; `undefined` when there is none (any more). */
export type NamedRules = (id: string) => Audience | undefined;

export type GroupKind = 'tier' | 'plan' | 'segment';

/** What decisions share besides the viewer. */
export interface Setting {
  readonly now: Date;
  readonly rules: NamedRules;
  /** False for a tier, plan or segment that was deleted. */
  readonly exists: (kind: GroupKind, name: string) => boolean;
  /** In which days are counted. */
  readonly timeZone: string;
}

export function decide(audience: unknown, viewer: Viewer, setting: Setting): Decision {
  if (viewer.kind === 'preview') return ALLOW;
  const known = parseAudience(audience);
  if (!known) return withheld('unknown-audience');
  const scene = { ...setting, viewer };
  return truth(known, scene) === true ? ALLOW : withheld(reasonOf(known, scene));
}

/** A decision that is being made. */
export interface Scene extends Setting {
  readonly viewer: Viewer;
}

/** Null for anything that is not a valid audience. One object is parsed once. */
export const parseAudience: (value: unknown) => Audience | null = remembered(audienceSchema);

/** A mail, a stopped test, a person outside of it: as if there were no experiment. */
const CONTROL: VariantKey = 'a';

type Rules = {
  readonly [Type in Audience['type']]: (
    audience: Extract<Audience, { type: Type }>,
    scene: Scene,
  ) => Truth;
};

/** One line a kind of audience. */
const rules: Rules = {
  everyone: () => true,
  visitors: (_, { viewer }) => viewer.kind === 'visitor',
  members: (_, { viewer }) => viewer.kind === 'member',
  tiers: ({ keys }, scene) => belongs('tier', keys, scene, (key) => scene.viewer.tier === key),
  plans: ({ keys }, scene) =>
    belongs('plan', keys, scene, (key) => scene.viewer.plans.includes(key)),
  segments: ({ ids }, scene) =>
    belongs('segment', ids, scene, (id) => scene.viewer.segments.has(id)),
  context: (audience, { viewer, now }) => contextMatches(audience, viewer.context, now),
  joined: (audience, scene) => joinedMatches(audience, scene),
  experiment: ({ id, variants }, { viewer }) =>
    variants.includes(viewer.experiments?.get(id) ?? CONTROL),
  rule: ({ id }, scene) => namedRule(id, scene, (named, inside) => truth(named, inside)),
  and: ({ of }, scene) => all(of.map((part) => truth(part, scene))),
  or: ({ of }, scene) => any(of.map((part) => truth(part, scene))),
  not: ({ of }, scene) => negate(truth(of, scene)),
};

export function truth<Type extends Audience['type']>(
  audience: Extract<Audience, { type: Type }>,
  scene: Scene,
): Truth {
  const rule: Rules[Type] = rules[audience.type as Type];
  return rule(audience, scene);
}

/** Nobody is in what was deleted, and nobody is known to be outside of it either. */
const belongs = (
  kind: GroupKind,
  names: readonly string[],
  { exists }: Scene,
  isIn: (name: string) => boolean,
): Truth => any(names.map((name) => isIn(name) || (exists(kind, name) ? false : undefined)));

/** Inside a named rule its own name means nothing, so a circle ends as unknown. */
export function namedRule<T>(
  id: string,
  scene: Scene,
  of: (named: Audience, inside: Scene) => T,
): T | undefined {
  const named = scene.rules(id);
  if (!named) return undefined;
  const inside = {
    ...scene,
    rules: (other: string) => (other === id ? undefined : scene.rules(other)),
  };
  return of(named, inside);
}

/**
 * Days as a calendar counts them: who joined late in the evening has been there for one day from
 * midnight on, also when the clocks were put forward in between.
 */
function joinedMatches(
  rule: Extract<Audience, { type: 'joined' }>,
  { viewer, now, timeZone }: Scene,
): Truth {
  if (viewer.kind !== 'member') return false;
  if (!viewer.memberSince) return undefined;
  const days = daysBetween(viewer.memberSince, now, timeZone);
  const longEnough = rule.atLeastDays === undefined || days >= rule.atLeastDays;
  return longEnough && (rule.atMostDays === undefined || days <= rule.atMostDays);
}

/** The innermost clause that an explanation should name. */
function reasonOf(audience: Audience, scene: Scene): WithheldReason {
  if (audience.type === 'rule') return namedRule(audience.id, scene, reasonOf) ?? 'rule';
  if (audience.type !== 'and' && audience.type !== 'or') return audience.type;
  const failing = audience.of.find((part) => truth(part, scene) !== true);
  return failing ? reasonOf(failing, scene) : audience.type;
}
