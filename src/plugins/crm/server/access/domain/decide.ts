/**
 * The one decision: may this viewer see what carries this audience, now? Three-valued inside: a
 * fact that is not known is neither true nor false, and `not` of it stays unknown, so nothing opens
 * by ignorance. Whatever is not a valid audience is withheld.
 */
import { audienceSchema, type Audience, type VariantKey } from '../../../shared/access';
import { contextMatches } from './context';
import { all, any, negate, type Truth } from './truth';
import type { Viewer } from './viewer';

export type WithheldReason = Audience['type'] | 'unknown-audience';

export type Decision =
  | { readonly allow: true }
  | { readonly allow: false; readonly withheld: true; readonly reason: WithheldReason };

const ALLOW: Decision = { allow: true };
const withheld = (reason: WithheldReason): Decision => ({ allow: false, withheld: true, reason });

export function decide(audience: unknown, viewer: Viewer, now: Date): Decision {
  if (viewer.kind === 'preview') return ALLOW;
  const known = parseAudience(audience);
  if (!known) return withheld('unknown-audience');
  return truth(known, viewer, now) === true ? ALLOW : withheld(reasonOf(known, viewer, now));
}

const parsed = new WeakMap<object, Audience | null>();

/** Null for anything that is not a valid audience. One object is parsed once. */
export function parseAudience(value: unknown): Audience | null {
  if (typeof value !== 'object' || value === null) return null;
  const existing = parsed.get(value);
  if (existing !== undefined) return existing;
  const result = audienceSchema.safeParse(value);
  const audience = result.success ? result.data : null;
  parsed.set(value, audience);
  return audience;
}

/** A mail, a stopped test, a person outside of it: as if there were no experiment. */
const CONTROL: VariantKey = 'a';

type Rules = {
  readonly [Type in Audience['type']]: (
    audience: Extract<Audience, { type: Type }>,
    viewer: Viewer,
    now: Date,
  ) => Truth;
};

/** One line a kind of audience. */
const rules: Rules = {
  everyone: () => true,
  visitors: (_, viewer) => viewer.kind === 'visitor',
  members: (_, viewer) => viewer.kind === 'member',
  tiers: ({ keys }, viewer) => viewer.tier !== undefined && keys.includes(viewer.tier),
  plans: ({ keys }, viewer) => viewer.plans.some((plan) => keys.includes(plan)),
  segments: ({ ids }, viewer) => ids.some((id) => viewer.segments.has(id)),
  context: (audience, viewer, now) => contextMatches(audience, viewer.context, now),
  joined: (audience, viewer, now) => joinedMatches(audience, viewer, now),
  experiment: ({ id, variants }, viewer) =>
    variants.includes(viewer.experiments?.get(id) ?? CONTROL),
  and: ({ of }, viewer, now) => all(of.map((part) => truth(part, viewer, now))),
  or: ({ of }, viewer, now) => any(of.map((part) => truth(part, viewer, now))),
  not: ({ of }, viewer, now) => negate(truth(of, viewer, now)),
};

function truth<Type extends Audience['type']>(
  audience: Extract<Audience, { type: Type }>,
  viewer: Viewer,
  now: Date,
): Truth {
  const rule: Rules[Type] = rules[audience.type as Type];
  return rule(audience, viewer, now);
}

const DAY = 86_400_000;

function joinedMatches(
  rule: Extract<Audience, { type: 'joined' }>,
  viewer: Viewer,
  now: Date,
): Truth {
  if (viewer.kind !== 'member') return false;
  if (!viewer.memberSince) return undefined;
  const elapsed = (now.getTime() - viewer.memberSince.getTime()) / DAY;
  const longEnough = rule.atLeastDays === undefined || elapsed >= rule.atLeastDays;
  return longEnough && (rule.atMostDays === undefined || elapsed < rule.atMostDays + 1);
}

/** The innermost clause that an explanation should name. */
function reasonOf(audience: Audience, viewer: Viewer, now: Date): WithheldReason {
  if (audience.type !== 'and' && audience.type !== 'or') return audience.type;
  const failing = audience.of.find((part) => truth(part, viewer, now) !== true);
  return failing ? reasonOf(failing, viewer, now) : audience.type;
}
