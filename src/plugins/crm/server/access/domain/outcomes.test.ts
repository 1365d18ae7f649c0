import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Audience } from '../../../shared/access';
import { decide, type Ask, type Setting } from './decide';
import { decideEntry, gateEntity, ownKnowledge, type Entity } from './gate';
import type { GateModel } from './gate-model';
import { createOutcomes } from './outcomes';
import { unknownVisitor, type Viewer } from './viewer';

const ARTICLE: GateModel = {
  uid: 'article',
  isComponent: false,
  accessField: 'access',
  teaser: new Set(['title', 'blocks']),
  isDivider: false,
  nested: {
    blocks: { kind: 'zone', components: ['text', 'divider'] },
    related: { kind: 'relation', target: 'article' },
  },
};
const component = (uid: string, isDivider = false): GateModel => ({
  uid,
  isComponent: true,
  audienceField: 'audience',
  teaser: new Set(),
  isDivider,
  nested: {},
});
const models = new Map(
  [ARTICLE, component('text'), component('divider', true)].map((m) => [m.uid, m]),
);
const modelOf = (uid: string) => models.get(uid);

const leaf: fc.Arbitrary<Audience> = fc.oneof(
  fc.constant<Audience>({ type: 'everyone' }),
  fc.constant<Audience>({ type: 'visitors' }),
  fc.constant<Audience>({ type: 'members' }),
  fc.constantFrom('gold', 'gone').map((key): Audience => ({ type: 'tiers', keys: [key] })),
  fc.constantFrom('a', 'b').map((id): Audience => ({ type: 'segments', ids: [id] })),
  fc.constant<Audience>({ type: 'context', devices: ['mobile'] }),
  fc.constant<Audience>({ type: 'context', from: '2026-11-22T12:00' }),
  fc.constant<Audience>({ type: 'rule', id: 'named' }),
  fc.constant<Audience>({ type: 'experiment', id: 'test', variants: ['b'] }),
);
const audience: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: leaf },
  {
    weight: 2,
    arbitrary: fc.tuple(leaf, leaf).map(([a, b]): Audience => ({ type: 'and', of: [a, b] })),
  },
  { weight: 1, arbitrary: leaf.map((of): Audience => ({ type: 'not', of })) },
  { weight: 1, arbitrary: fc.constant({ type: 'nonsense' }) },
);
const block: fc.Arbitrary<Entity> = fc.record({
  __component: fc.constantFrom('text', 'text', 'divider'),
  text: fc.string(),
  audience: fc.oneof(
    fc.constant(null),
    fc.record({ audience, slot: fc.constantFrom('top', 'side') }),
    fc.record({ audience }),
  ),
});
const access = fc.oneof(
  fc.constant(null),
  fc.record({ audience, otherwise: fc.constantFrom('teaser', 'deny', 'login') }),
);
const flat: fc.Arbitrary<Entity> = fc.record({
  id: fc.nat(9),
  title: fc.string(),
  secret: fc.string(),
  access,
  blocks: fc.array(block, { maxLength: 4 }),
});
const document = fc
  .tuple(flat, fc.array(flat, { maxLength: 2 }))
  .map(([own, related]): Entity => ({ ...own, related }));

const viewer: fc.Arbitrary<Viewer> = fc.record({
  kind: fc.constantFrom<Viewer['kind']>('visitor', 'member'),
  tier: fc.constantFrom('gold', 'regular'),
  plans: fc.constant([]),
  segments: fc.subarray(['a', 'b']).map((ids) => new Set(ids)),
  context: fc.constantFrom({ device: 'mobile' } as const, { device: 'desktop' } as const, {}),
  experiments: fc.constantFrom(new Map([['test', 'b' as const]]), undefined),
});
const setting: fc.Arbitrary<Setting> = fc
  .tuple(fc.constantFrom('2026-11-22T02:59:59Z', '2026-11-22T03:00:00Z'), fc.boolean())
  .map(([now, open]) => ({
    now: new Date(now),
    rules: () => (open ? { type: 'everyone' } : { type: 'visitors' }),
    exists: (_, name) => name !== 'gone',
    timeZone: 'Asia/Tokyo',
  }));

/** What the gate says, without anything kept. */
const gated = (entity: Entity, person: Viewer, at: Setting, ask?: Ask) => ({
  decision: decideEntry(entity.access, person, at, ask),
  shown: gateEntity(
    { ...at, models: modelOf, knowledge: ownKnowledge(modelOf), viewer: person, ask },
    'article',
    entity,
  ),
});

describe('outcomes that are kept', () => {
  it('are those of the gate itself, for every reader, moment and named rule', () => {
    fc.assert(
      fc.property(
        document,
        fc.array(fc.tuple(viewer, setting), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        (entity, readers, most) => {
          const outcomes = createOutcomes<ReturnType<typeof gated>>(most);
          for (const [person, at] of readers) {
            const ask: Ask = (asked) => decide(asked, person, at);
            const kept = outcomes.of(entity, ask, (asking) => gated(entity, person, at, asking));
            expect(kept).toEqual(gated(entity, person, at));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const entity: Entity = {
    access: null,
    blocks: [{ __component: 'text', audience: { audience: { type: 'members' } } }],
  };
  const at: Setting = {
    now: new Date('2026-11-22T03:00:00Z'),
    rules: () => undefined,
    exists: () => true,
    timeZone: 'Asia/Tokyo',
  };
  const counting = (most: number) => {
    const outcomes = createOutcomes<ReturnType<typeof gated>>(most);
    let made = 0;
    const read = (from: Entity, kind: Viewer['kind']) => {
      const person: Viewer = { ...unknownVisitor, kind };
      const ask: Ask = (asked) => decide(asked, person, at);
      return outcomes.of(from, ask, (asking) => {
        made += 1;
        return gated(from, person, at, asking);
      });
    };
    return { read, made: () => made };
  };

  it('are made once for all readers alike', () => {
    const { read, made } = counting(10);
    expect(read(entity, 'member')).toBe(read(entity, 'member'));
    expect(read(entity, 'visitor')).not.toBe(read(entity, 'member'));
    expect(made()).toBe(2);
  });

  it('are never more than the most', () => {
    const { read, made } = counting(2);
    const others = [{ ...entity }, { ...entity }, { ...entity }];
    for (const other of others) read(other, 'member');
    expect(made()).toBe(3);
    // The third began anew, so the first is gone and the third is there.
    read(others[2] ?? entity, 'member');
    expect(made()).toBe(3);
    read(others[0] ?? entity, 'member');
    expect(made()).toBe(4);
  });
});
