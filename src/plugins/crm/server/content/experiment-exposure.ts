/** Who meets an experiment: those whose page would be another in another variant, and nobody else. */
import type { Core } from '@strapi/strapi';

import type { VariantKey } from '../../shared/access';
import type { GatedEntry, Viewer } from '../access';
import { experimentsService } from '../experiments';
import { visibleBlocks, type Layout } from './domain/placed-blocks';
import type { ContentDocument } from './index';

export interface Shown {
  readonly document: ContentDocument;
  readonly viewer: Viewer;
  readonly gate: (viewer: Viewer) => GatedEntry;
  readonly layout: Layout;
}

const found = new WeakMap<ContentDocument, readonly string[] | 'any'>();

/** The experiments that rules of the entry name, read once a document; a named rule may name any. */
function experimentsIn(document: ContentDocument): readonly string[] | 'any' {
  const known = found.get(document);
  if (known) return known;
  const ids = new Set<string>();
  let named = false;
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && 'id' in value) {
      if (value.type === 'experiment') ids.add(String(value.id));
      if (value.type === 'rule') named = true;
    }
    Object.values(value).forEach(look);
  };
  look(document);
  const result = named ? 'any' : [...ids];
  found.set(document, result);
  return result;
}

export async function countExperiments(strapi: Core.Strapi, shown: Shown): Promise<void> {
  const ids = experimentsIn(shown.document);
  if (ids.length === 0) return;
  const running = await experimentsService(strapi).running(ids);
  const met = running.filter(({ documentId, keys }) => differs(shown, documentId, keys));
  if (met.length === 0) return;
  await experimentsService(strapi).exposed(
    shown.viewer,
    met.map(({ documentId }) => documentId),
  );
}

function differs(
  { viewer, gate, layout }: Shown,
  id: string,
  keys: readonly VariantKey[],
): boolean {
  const pages = keys.map((key) => {
    const experiments = new Map([...(viewer.experiments ?? []), [id, key] as const]);
    const { decision, document } = gate({ ...viewer, experiments });
    return JSON.stringify([decision, [...visibleBlocks(document ?? {}, layout)]]);
  });
  return new Set(pages).size > 1;
}
