/** The gate about one document that was loaded whole. */
import type { Core } from '@strapi/strapi';

import { decide, type Ask } from './domain/decide';
import {
  decideEntry,
  gateEntity,
  ownKnowledge,
  type BlockVerdict,
  type Entity,
} from './domain/gate';
import { createOutcomes, type Outcomes } from './domain/outcomes';
import { signedAddresses } from './domain/signed-files';
import type { Viewer } from './domain/viewer';
import { gateModels } from './gate-models';
import type { GatedEntry } from './index';
import { settingOf } from './setting';

export interface GatedDocument {
  readonly uid: string;
  readonly document: Entity;
  /** With addresses for this viewer; `document` itself where no file is gated. */
  readonly linked: Entity;
  readonly viewer: Viewer;
  readonly now: Date;
  readonly trace?: (block: Entity, verdict: BlockVerdict) => void;
}

const NO_FILES: ReadonlyMap<string, string> = new Map();

/** A page has a handful of outcomes; a thousand are about as many megabytes in a large shop. */
const MOST_OUTCOMES = 1_000;

const outcomesOf = new WeakMap<object, Outcomes<GatedEntry>>();

export function entryGate(strapi: Core.Strapi, asked: GatedDocument): GatedEntry {
  const { uid, document, linked, viewer, now, trace } = asked;
  const models = gateModels(strapi);
  const model = models(uid);
  if (!model) throw new Error(`There is no content type "${uid}"`);
  const setting = { ...settingOf(strapi), now };
  const make = (ask: Ask): GatedEntry => {
    const gate = { ...setting, models, knowledge: ownKnowledge(models), viewer, ask, trace };
    const shown = gateEntity(gate, uid, linked);
    return {
      decision: decideEntry(stored, viewer, setting, ask),
      document: shown,
      files: linked === document ? NO_FILES : signedAddresses(shown),
    };
  };
  const stored = model.accessField ? document[model.accessField] : null;
  const ask: Ask = (audience) => decide(audience, viewer, setting);
  // Addresses end with time, an explanation wants to be told, and an editor sees everything.
  if (trace || linked !== document || viewer.kind === 'preview') return make(ask);
  let outcomes = outcomesOf.get(strapi);
  if (!outcomes) outcomesOf.set(strapi, (outcomes = createOutcomes(MOST_OUTCOMES)));
  return outcomes.of(document, ask, make);
}
