import type { Core } from '@strapi/strapi';

import type { ContentSource, ContentTheme, PageAddress } from '../../shared/content';
import { accessService, type Entity, type Viewer } from '../access';
import { clock, crmConfig, organisationIn, translate, type Locale } from '../kernel';
import { blockKinds } from './block-kinds';
import { compileEntry } from './compile';
import { createDocumentCache } from './document-cache';
import { experimentsService } from '../experiments';
import { filled, holdsMergeFields } from './domain/filled';
import { excerptOf } from './domain/excerpt';
import { entryHead, placedBlocks } from './domain/placed-blocks';
import { sitePath } from './domain/site-path';
import type { ShellInput } from './email-shell';
import type {
  CompiledEntry,
  CompileOptions,
  ContentDocument,
  ContentService,
  EntryKey,
  GatedPage,
} from './index';
import { countExperiments } from './experiment-exposure';
import { onContentWrite } from './invalidate';
import { layOutMail } from './mjml-thread';
import { createMergeScopes } from './merge-scope';
import { accessFieldOf, attributesOf, displayNameOf, layoutOf } from './models';
import { sizedPictures } from './pictures/address';
import { previewOperations } from './preview/operations';
import { createRendererRegistry, type RendererRegistry } from './renderers/registry';
import { installRestFill } from './rest-fill';
import { sharedView } from './shared-view';
import { sitePages } from './site-pages';
import { contentStore, libraryFile } from './store';
import { createWebPages } from './web-pages';

const plainTheme = (siteName: string): ContentTheme => ({
  siteName,
  accent: '#1f5fbf',
  onAccent: '#ffffff',
  ink: '#1c1c1c',
  quiet: '#6b6b6b',
  paper: '#ffffff',
});

/** The plugin's own blocks first: an application may draw them in its own way. */
function registryOf(strapi: Core.Strapi): RendererRegistry {
  const registry = createRendererRegistry((uid) => attributesOf(strapi, uid));
  for (const [uid, { renderers }] of blockKinds) registry.register(uid, renderers);
  return registry;
}

/** What every block is drawn in. */
function surroundings(strapi: Core.Strapi, origin: string) {
  const sizedPicture = sizedPictures(strapi, origin);
  let theme = plainTheme(crmConfig(strapi).organisation.name);
  return {
    around: (locale: Locale) => {
      const siteName = theme.siteNames?.[locale] ?? theme.siteName;
      return { locale, theme: { ...theme, siteName }, origin, sizedPicture };
    },
    useTheme: (next: ContentTheme) => {
      theme = next;
    },
  };
}

/** What all operations of the service share. */
function createParts(strapi: Core.Strapi) {
  const { origin } = new URL(crmConfig(strapi).publicUrl);
  const store = contentStore(strapi);
  const registry = registryOf(strapi);
  const listeners: (() => void)[] = [];
  const memory = onContentWrite(strapi, () => {
    cache.clear();
    for (const listener of listeners) listener();
  });
  const cache = createDocumentCache(memory.maxAge, () => clock(strapi).shared().getTime());
  const scopes = createMergeScopes(strapi, cache, store);
  installRestFill(strapi, scopes);

  const layout = (uid: string) => layoutOf(strapi, uid);
  const gate = (uid: string) => (document: Entity, viewer: Viewer) =>
    accessService(strapi).gateEntry(uid, document, viewer, clock(strapi).now());
  const shared = (uid: string, document: ContentDocument) =>
    sharedView({
      document,
      uid,
      layout: layout(uid),
      attributesOf: (name) => attributesOf(strapi, name),
      gate: gate(uid),
    });
  return {
    origin,
    registry,
    layout,
    scopes,
    attributesOf: (uid: string) => attributesOf(strapi, uid),
    gate,
    shared,
    onChange: (listener: () => void) => {
      listeners.push(listener);
    },
    // An editor's look at a draft is hers alone, so it is never kept.
    draft: (uid: string, key: EntryKey, locale: Locale) => store.find(uid, key, locale, 'draft'),
    file: (url: string) => libraryFile(strapi, url),
    ...surroundings(strapi, origin),
    load: (uid: string, key: EntryKey, locale: Locale) =>
      cache.get(`${uid} ${locale} ${JSON.stringify(key)}`, () => store.find(uid, key, locale)),
    list: (uid: string, locale: Locale, sort: string) =>
      cache.get(`${uid} ${locale} list ${sort}`, () => store.list(uid, locale, sort)),
  };
}

export function createContentService({ strapi }: { strapi: Core.Strapi }): ContentService {
  const parts = createParts(strapi);
  const { registry, layout } = parts;
  const web = createWebPages(strapi, parts);
  const pages = new Map<string, PageAddress>();
  const summaryOf = (component: string, block: Entity) => ({
    component,
    displayName: displayNameOf(strapi, component),
    excerpt: excerptOf(block, attributesOf(strapi, component)),
  });

  return {
    registerBlock: (uid, renderers) => registry.register(uid, renderers),
    registerPage: (uid, address) => {
      pages.set(uid, address);
    },
    sitePageAt: sitePages(strapi, { ...parts, pages }),
    fileAt: (address) => parts.file(sitePath(address, parts.origin) ?? address),
    ...previewOperations(strapi, {
      pages,
      load: (viewer) => (viewer.simulated?.drafts ? parts.draft : parts.load),
      layout,
      accessFieldOf: (uid) => accessFieldOf(attributesOf(strapi, uid)),
      summaryOf,
    }),
    useTheme: parts.useTheme,
    onChange: parts.onChange,
    loadEntry: parts.load,
    listEntries: (uid, locale, sort = 'createdAt:desc') => parts.list(uid, locale, sort),
    page: (uid, key, locale, viewer) => pageOf(strapi, parts, web, { uid, key, locale, viewer }),
    async fillTexts(texts, viewer, locale) {
      if (!holdsMergeFields(texts)) return texts;
      const scope = await parts.scopes.of(viewer, locale, clock(strapi).now());
      return filled({ attributesOf: () => ({}), scope }, '', texts) as typeof texts;
    },
    compileEntry: (source, options = {}) => compileFor(strapi, parts, source, options),
    async blocksOf({ uid, documentId, locale }) {
      const document = await parts.load(uid, { documentId }, locale);
      if (!document) return [];
      const head = registry.has(uid) ? [entryHead(uid, document)] : [];
      return [...head, ...placedBlocks(document, layout(uid))].map(({ key, block }) => ({
        key,
        ...summaryOf(block.__component, block),
      }));
    },
  };
}

interface AskedPage {
  readonly uid: string;
  readonly key: EntryKey;
  readonly locale: Locale;
  readonly viewer: Viewer;
}

async function pageOf(
  strapi: Core.Strapi,
  parts: ReturnType<typeof createParts>,
  web: ReturnType<typeof createWebPages>,
  { uid, key, locale, viewer }: AskedPage,
): Promise<GatedPage | null> {
  const load = viewer.simulated?.drafts ? parts.draft : parts.load;
  const asked = await load(uid, key, locale);
  if (!asked) return null;
  const experiments = experimentsService(strapi);
  const tested = await experiments.pageFor(uid, asked.documentId, viewer);
  const isOther = tested !== null && tested.documentId !== asked.documentId;
  const other = isOther ? { documentId: tested.documentId } : null;
  // A variant that is gone or not published leaves the page as it was.
  const document = (other && (await load(uid, other, locale))) ?? asked;
  const gate = (as: Viewer) => parts.gate(uid)(document, as);
  const gated = gate(viewer);
  const page = await web.page({ uid, document, locale, viewer, gated });
  // Who is refused has not met the test.
  if (tested && gated.decision.allow) await experiments.exposed(viewer, [tested.experiment]);
  await countExperiments(strapi, { document, viewer, gate, layout: parts.layout(uid) });
  return tested ? { ...page, personal: true } : page;
}

async function compileFor(
  strapi: Core.Strapi,
  parts: ReturnType<typeof createParts>,
  source: ContentSource,
  options: CompileOptions,
): Promise<CompiledEntry | null> {
  const { uid, documentId, locale } = source;
  const { origin, registry } = parts;
  const loaded = await parts.load(uid, { documentId }, locale);
  if (!loaded) return null;
  const document = accessService(strapi).withFileLinks(uid, loaded);
  const tags = await parts.scopes.tags(locale);
  return compileEntry({
    source,
    document,
    shared: parts.shared(uid, document),
    unsigned: parts.shared(uid, loaded),
    locale,
    options,
    tags: tags.map((tag) => tag.source),
    layout: parts.layout(uid),
    withHead: registry.has(uid),
    renderersOf: registry.of,
    around: parts.around(locale),
    shell: {
      ...shellInput(strapi, parts.around(locale).theme, locale, origin),
      webUrl: options.webUrl ?? null,
    },
    layOut: (mjml) => layOutMail(strapi, mjml),
    preferencesUrl: `${origin}/m/me`,
    unknownBlock: translate(strapi, locale, 'content.unknown-block'),
    scopeOf: ({ customer, viewer, now }) => parts.scopes.with(customer, tags, viewer, now),
    gate: (entity, viewer, now) => accessService(strapi).gateEntry(uid, entity, viewer, now),
  });
}

function shellInput(
  strapi: Core.Strapi,
  theme: ContentTheme,
  locale: Locale,
  origin: string,
): Omit<ShellInput, 'webUrl'> {
  const organisation = organisationIn(strapi, locale);
  const text = (key: string, params = {}) =>
    translate(strapi, locale, `content.mail.${key}`, params);
  return {
    locale,
    theme,
    siteUrl: `${origin}/`,
    organisation,
    texts: {
      why: text('why', { organisation: organisation.name }),
      web: text('web'),
      unsubscribe: text('unsubscribe'),
      preferences: text('preferences'),
      contact: text('contact', { contact: organisation.contact }),
    },
  };
}
