/** Entries as HTML for the site: drawn once per document, joined per viewer. */
import type { Core } from '@strapi/strapi';

import type { ContentTheme } from '../../shared/content';
import type { GatedEntry, Viewer } from '../access';
import { customersService } from '../customers';
import type { Locale } from '../kernel';
import { drawForWeb, placedBlocks, visibleBlocks, type WebBlock } from './domain/compiled-blocks';
import { createFiller, escapeForHtml } from './domain/fill';
import { createMarkBook, type MarkBook } from './domain/mark-book';
import { joinSegments } from './domain/marks';
import type { ContentDocument, GatedPage } from './index';
import type { RendererRegistry } from './renderers/registry';

interface Drawn {
  readonly book: MarkBook;
  readonly blocks: readonly WebBlock[];
  readonly personal: boolean;
}

export interface WebPagesInput {
  readonly registry: RendererRegistry;
  readonly origin: string;
  readonly zones: (uid: string) => readonly string[];
  /** What blocks are drawn from, see `shared-view.ts`. */
  readonly shared: (uid: string, document: ContentDocument) => ContentDocument;
  readonly theme: () => ContentTheme;
}

export function createWebPages(strapi: Core.Strapi, input: WebPagesInput) {
  // Keyed by the cached document itself, so it is forgotten together with it.
  const drawn = new WeakMap<ContentDocument, Drawn>();

  const draw = (uid: string, document: ContentDocument, locale: Locale): Drawn => {
    const known = drawn.get(document);
    if (known) return known;
    const book = createMarkBook();
    const around = { locale, theme: input.theme(), origin: input.origin, trackLinks: false };
    const blocks = placedBlocks(input.shared(uid, document), input.zones(uid)).map((placed) =>
      drawForWeb(placed, input.registry.of(placed.block.__component), book, around),
    );
    for (const issue of book.issues) {
      strapi.log.warn(
        `crm: merge field in ${uid} ${document.documentId} ${issue.path}: ${issue.message}`,
      );
    }
    const made = { book, blocks, personal: isPersonal(document) };
    drawn.set(document, made);
    return made;
  };

  return {
    page(
      uid: string,
      document: ContentDocument,
      locale: Locale,
      viewer: Viewer,
      gated: GatedEntry,
    ): GatedPage {
      const zones = input.zones(uid);
      return {
        uid,
        locale,
        document: (gated.document ?? {}) as ContentDocument,
        decision: gated.decision,
        personal: draw(uid, document, locale).personal,
        async blocksHtml() {
          const { book, blocks } = draw(uid, document, locale);
          const seen = visibleBlocks(gated.document ?? {}, zones);
          const shown = blocks.filter((block) => seen.has(block.identity));
          const scope = { customer: await customerFor(strapi, viewer, shown) };
          const fill = createFiller({ book, scope }).for(escapeForHtml);
          return shown.map((block) => joinSegments(block.html, fill)).join('\n');
        },
      };
    },
  };
}

/** Any rule anywhere in the entry makes its answer depend on the viewer; merge fields do too. */
const isPersonal = (document: ContentDocument): boolean =>
  /"audience":\{|\{\{|\{%/.test(JSON.stringify(document));

/** Asked for only when a block that is shown holds a merge field. */
async function customerFor(
  strapi: Core.Strapi,
  viewer: Viewer,
  blocks: readonly WebBlock[],
): Promise<Readonly<Record<string, unknown>>> {
  const merges = blocks.some((block) =>
    block.html.some((segment) => typeof segment !== 'string' && segment.kind === 'merge'),
  );
  if (!merges || viewer.customerId === undefined) return {};
  const customer = await customersService(strapi).find(viewer.customerId);
  return customer ? { ...customer } : {};
}
