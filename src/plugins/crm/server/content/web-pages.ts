/** Entries as HTML for the site: drawn once per document, joined per viewer. */
import type { Core } from '@strapi/strapi';

import type { GatedEntry, Viewer } from '../access';
import { clock, type Locale } from '../kernel';
import { drawForWeb, type BlockSurroundings, type WebBlock } from './domain/compiled-blocks';
import { filled, holdsMergeFields, type AttributesOf } from './domain/filled';
import { createFiller, escapeForHtml } from './domain/fill';
import { createMarkBook, type MarkBook } from './domain/mark-book';
import { joinSegments } from './domain/marks';
import type { MergeScope } from './domain/merge-fields';
import { placedBlocks, visibleBlocks, type Layout } from './domain/placed-blocks';
import type { ContentDocument, GatedPage } from './index';
import type { MergeScopes } from './merge-scope';
import type { RendererRegistry } from './renderers/registry';

interface Drawn {
  readonly book: MarkBook;
  readonly blocks: readonly WebBlock[];
  readonly personal: boolean;
  readonly merges: boolean;
}

export interface WebPagesInput {
  readonly registry: RendererRegistry;
  readonly layout: (uid: string) => Layout;
  /** What blocks are drawn from, see `shared-view.ts`. */
  readonly shared: (uid: string, document: ContentDocument) => ContentDocument;
  readonly around: (locale: Locale) => BlockSurroundings;
  readonly attributesOf: AttributesOf;
  readonly scopes: MergeScopes;
}

export function createWebPages(strapi: Core.Strapi, input: WebPagesInput) {
  // Keyed by the cached document itself, so it is forgotten together with it.
  const drawn = new WeakMap<ContentDocument, Drawn>();
  const joined = new WeakMap<GatedEntry, string>();

  const draw = (uid: string, document: ContentDocument, locale: Locale): Drawn => {
    const known = drawn.get(document);
    if (known) return known;
    const book = createMarkBook();
    const around = input.around(locale);
    const blocks = placedBlocks(input.shared(uid, document), input.layout(uid)).map((placed) =>
      drawForWeb(placed, input.registry.of(placed.block.__component), book, around),
    );
    for (const issue of book.issues) {
      strapi.log.warn(
        `crm: merge field in ${uid} ${document.documentId} ${issue.path}: ${issue.message}`,
      );
    }
    const made = {
      book,
      blocks,
      personal: isPersonal(document),
      merges: holdsMergeFields(document),
    };
    drawn.set(document, made);
    return made;
  };

  return {
    async page(request: PageRequest): Promise<GatedPage> {
      const { uid, document, locale, viewer, gated } = request;
      const made = draw(uid, document, locale);
      const now = clock(strapi).now();
      const scope = made.merges ? await input.scopes.of(viewer, locale, now) : {};
      const seen = gated.document ?? {};
      const own = made.merges
        ? filled({ attributesOf: input.attributesOf, scope }, uid, seen)
        : seen;
      const isShared = !made.merges && gated.files.size === 0;
      const html = () =>
        withFileLinks(joinBlocks(made, visibleBlocks(seen, input.layout(uid)), scope), gated.files);
      return {
        uid,
        locale,
        document: own as ContentDocument,
        decision: gated.decision,
        personal: made.personal,
        ...(isShared ? { edition: gated } : {}),
        blocksHtml: () => (isShared ? keptIn(joined, gated, html) : html()),
      };
    },
  };
}

function keptIn<Key extends object, T>(kept: WeakMap<Key, T>, key: Key, make: () => T): T {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}

export interface PageRequest {
  readonly uid: string;
  readonly document: ContentDocument;
  readonly locale: Locale;
  readonly viewer: Viewer;
  readonly gated: GatedEntry;
}

function joinBlocks({ book, blocks }: Drawn, visible: ReadonlySet<string>, scope: MergeScope) {
  const fill = createFiller({ book, scope }).for(escapeForHtml);
  return blocks
    .filter((block) => visible.has(block.identity))
    .map((block) => joinSegments(block.html, fill))
    .join('\n');
}

/** Blocks are drawn once from bare addresses; those of gated files get this viewer's token. */
function withFileLinks(html: string, files: ReadonlyMap<string, string>): string {
  let linked = html;
  for (const [bare, signed] of files) linked = linked.replaceAll(bare, signed);
  return linked;
}

/** Any rule anywhere in the entry makes its answer depend on the viewer; merge fields do too. */
const isPersonal = (document: ContentDocument): boolean =>
  /"audience":\{|\{\{|\{%/.test(JSON.stringify(document));
