/**
 * Newsletters compiled for the web, kept for a moment: a stranger's request must not cost a layout.
 * What is kept is what everybody's page is drawn from, before any gate; nobody's own page is.
 */
import type { Core } from '@strapi/strapi';

import { contentService, type CompiledEntry } from '../../content';
import { clock, sha256 } from '../../kernel';

import type { CampaignRecord } from '../store/campaigns';
import { compileCampaign } from '../composition';

type Compiled = Promise<CompiledEntry | null>;

interface Kept {
  readonly compiled: Compiled;
  readonly until: number;
}

const MOST_KEPT = 50;
/** Addresses of files in it end, and a node may miss that somebody wrote on another one. */
const KEPT_MS = 60_000;

/** The one that was asked for last stands at the end. */
interface Shelf {
  kept: Map<string, Kept>;
}

const shelves = new WeakMap<Core.Strapi, Shelf>();

function shelfOf(strapi: Core.Strapi): Shelf {
  const known = shelves.get(strapi);
  if (known) return known;
  const shelf: Shelf = { kept: new Map() };
  shelves.set(strapi, shelf);
  // What began before a write keeps its place on the shelf of before it.
  contentService(strapi).onChange(() => {
    shelf.kept = new Map();
  });
  return shelf;
}

/** Who asks at the same time waits for the same. */
export function compiledForWeb(strapi: Core.Strapi, campaign: CampaignRecord): Compiled {
  const { kept } = shelfOf(strapi);
  const { documentId, source, subject, preheader, lineAltText } = campaign;
  const words = sha256(JSON.stringify([source, subject, preheader, lineAltText]));
  const key = `${documentId} ${words}`;
  const now = clock(strapi).shared().getTime();
  const known = kept.get(key);
  kept.delete(key);
  if (known && known.until > now) {
    kept.set(key, known);
    return known.compiled;
  }
  const compiled = compileCampaign(strapi, campaign);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, { compiled, until: now + KEPT_MS });
  compiled.catch(() => kept.delete(key));
  return compiled;
}
