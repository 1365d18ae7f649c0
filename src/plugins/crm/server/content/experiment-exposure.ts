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

const idsOf = new WeakMap<ContentDocument, readonly string[]>();

/** The experiments that any rule of the entry names; read once a document. */
function experimentsIn(document: ContentDocument): readonly string[] {
  const known = idsOf.get(document);
  if (known) return known;
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && value.type === 'experiment' && 'id' in value)
      found.add(String(value.id));
    Object.values(value).forEach(look);
  };
  look(document);
  const ids = [...found];
  idsOf.set(document, ids);
  return ids;
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
