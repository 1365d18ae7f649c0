/**
 * Takes out of a document what its viewer may not see: entries (Access), blocks (Audience), and
 * the losers of each slot. The rules themselves come from `knowledge`, never from what happens to
 * be selected in the document. Pure: the same for REST, the HTML site, mail and LINE.
 */
import {
  accessSchema,
  blockAudienceSchema,
  type AccessVerdict,
  type BlockAudience,
} from '../../../shared/access';
import { decide, type Ask, type Setting, type WithheldReason } from './decide';
import { TEASER_ALWAYS, type GateModel, type GateModels } from './gate-model';
import { remembered } from './remembered';
import type { Viewer } from './viewer';

export type Entity = Record<string, unknown>;

/** Where the stored rules come from. `undefined` means: not known, so withhold. */
export interface Knowledge {
  /** The stored Access value; null means everyone. */
  access(model: GateModel, entity: Entity): unknown;
  /** The stored Audience value; null means everyone. */
  audience(model: GateModel, entity: Entity): unknown;
  /** Of the blocks present, those up to and with the zone's first divider. */
  beforeDivider(model: GateModel, entity: Entity, zone: string): readonly Entity[];
}

export interface Gate extends Setting {
  readonly models: GateModels;
  readonly knowledge: Knowledge;
  readonly viewer: Viewer;
  /** Decides about `viewer` instead of `decide`, for who wants to know what was asked. */
  readonly ask?: Ask;
  /** Told of every block that is looked at, in order: what an editor is shown as the reason. */
  readonly trace?: (block: Entity, verdict: BlockVerdict) => void;
}

/** What became of one block, and by what. */
export interface BlockVerdict {
  readonly component: string;
  /** `null`: the rule cannot be read. */
  readonly rule: BlockAudience | null;
  readonly outcome: 'shown' | 'withheld' | 'slot-taken';
  /** The block that has the slot instead. */
  readonly winner?: Entity;
}

export type EntryDecision =
  | { readonly allow: true }
  | {
      readonly allow: false;
      readonly withheld: true;
      readonly reason: WithheldReason;
      readonly otherwise: 'teaser' | 'deny' | 'login' | 'redirect';
      readonly redirectTo?: string;
    };

const readAccess = remembered(accessSchema);
const readBlock = remembered(blockAudienceSchema);

export function decideEntry(
  stored: unknown,
  viewer: Viewer,
  setting: Setting,
  ask: Ask = (audience) => decide(audience, viewer, setting),
): EntryDecision {
  if (stored === null || viewer.kind === 'preview') return { allow: true };
  const access = readAccess(stored);
  if (!access) {
    return { allow: false, withheld: true, reason: 'unknown-audience', otherwise: 'deny' };
  }
  const { audience, otherwise, redirectTo } = access;
  const decision = ask(audience);
  if (decision.allow) return decision;
  return { ...decision, otherwise, ...(redirectTo ? { redirectTo } : {}) };
}

/** The document as this viewer may have it: whole, its teaser, or null (nothing at all). */
export function gateEntity(gate: Gate, uid: string, entity: Entity): Entity | null {
  if (gate.viewer.kind === 'preview') return entity;
  const model = gate.models(uid);
  if (!model) return null;
  if (!model.accessField) return gateAttributes(gate, model, entity);

  const decision = decideEntry(gate.knowledge.access(model, entity), gate.viewer, gate, gate.ask);
  if (decision.allow) {
    const open = gateAttributes(gate, model, entity);
    if (model.accessField in open) open[model.accessField] = verdictOf(decision);
    return open;
  }
  if (decision.otherwise !== 'teaser') return null;
  const teaser = gateAttributes(gate, model, teaserOf(gate, model, entity));
  return { ...teaser, [model.accessField]: verdictOf(decision) };
}

export function verdictOf(decision: EntryDecision): AccessVerdict {
  if (decision.allow) return { allowed: true };
  const { reason, otherwise, redirectTo } = decision;
  return { allowed: false, reason, otherwise, ...(redirectTo ? { redirectTo } : {}) };
}

function teaserOf(gate: Gate, model: GateModel, entity: Entity): Entity {
  const kept: Entity = {};
  for (const [key, value] of Object.entries(entity)) {
    if (!TEASER_ALWAYS.has(key) && !model.teaser.has(key)) continue;
    const isZone = model.nested[key]?.kind === 'zone' && Array.isArray(value);
    kept[key] = isZone ? gate.knowledge.beforeDivider(model, entity, key) : value;
  }
  return kept;
}

function gateAttributes(gate: Gate, model: GateModel, entity: Entity): Entity {
  const open: Entity = {};
  for (const [key, value] of Object.entries(entity)) {
    if (key === model.audienceField) continue;
    const attribute = model.nested[key];
    if (!attribute || typeof value !== 'object' || value === null) open[key] = value;
    else if (attribute.kind === 'relation') open[key] = gateRelation(gate, attribute.target, value);
    else open[key] = gateBlocks(gate, value, blockUid(attribute));
  }
  return open;
}

export const blockUid = (attribute: GateModel['nested'][string]) => (block: Entity) =>
  attribute.kind === 'component' ? attribute.component : String(block.__component);

function gateRelation(gate: Gate, target: string | undefined, value: object): unknown {
  const one = (entity: unknown): Entity | null => {
    if (!isEntity(entity)) return null;
    const uid = target ?? (typeof entity.__type === 'string' ? entity.__type : '');
    // `{ count: 3 }` is what a relation becomes when only its number was asked for.
    if (target && Object.keys(entity).join() === 'count') return entity;
    // Only a file leads back to a component, past the entry that it stands in and that entry's rule.
    return gate.models(uid)?.isComponent ? null : gateEntity(gate, uid, entity);
  };
  if (!Array.isArray(value)) return one(value);
  return value.map(one).filter((entity) => entity !== null);
}

/** The blocks of one zone or component attribute that the viewer sees, the losers of slots left out. */
export function gateBlocks(gate: Gate, value: object, uidOf: (block: Entity) => string): unknown {
  const taken = new Map<string, Entity>();
  const one = (block: unknown): Entity | null =>
    isEntity(block) ? gateBlock(gate, uidOf(block), block, taken) : null;
  if (!Array.isArray(value)) return one(value);
  return value.map(one).filter((block) => block !== null);
}

/** `taken` are the slots of this zone that already have their block. */
function gateBlock(
  gate: Gate,
  uid: string,
  block: Entity,
  taken: Map<string, Entity>,
): Entity | null {
  const model = gate.models(uid);
  if (!model) return null;
  if (model.audienceField) {
    const rule = ruleOfBlock(gate.knowledge.audience(model, block));
    const verdict = { component: uid, ...blockVerdict(gate, rule, taken) };
    gate.trace?.(block, verdict);
    if (verdict.outcome !== 'shown') return null;
    if (rule?.slot !== undefined) taken.set(rule.slot, block);
  }
  return gateAttributes(gate, model, block);
}

function blockVerdict(
  gate: Gate,
  rule: BlockAudience | null,
  taken: ReadonlyMap<string, Entity>,
): Omit<BlockVerdict, 'component'> {
  const { ask = (audience) => decide(audience, gate.viewer, gate) } = gate;
  if (!rule || !ask(rule.audience).allow) {
    return { rule, outcome: 'withheld' };
  }
  const winner = rule.slot === undefined ? undefined : taken.get(rule.slot);
  return winner ? { rule, outcome: 'slot-taken', winner } : { rule, outcome: 'shown' };
}

const OPEN_BLOCK: BlockAudience = { audience: { type: 'everyone' } };

/** Null for anything that is not a valid rule. */
export const ruleOfBlock = (stored: unknown): BlockAudience | null =>
  stored === null ? OPEN_BLOCK : readBlock(stored);

export const isEntity = (value: unknown): value is Entity =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Knowledge for a document that was loaded whole: its own fields. A field left out is unknown. */
export function ownKnowledge(models: GateModels): Knowledge {
  return {
    access: (model, entity) => entity[model.accessField ?? ''],
    audience: (model, entity) => entity[model.audienceField ?? ''],
    beforeDivider: (_, entity, zone) => {
      const blocks = (entity[zone] as unknown[]).filter(isEntity);
      const end = blocks.findIndex((block) => models(String(block.__component))?.isDivider);
      return end < 0 ? [] : blocks.slice(0, end + 1);
    },
  };
}
