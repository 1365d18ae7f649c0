/** PUBLIC: what other features may import of content. */
import type {
  BlockRegistry,
  ContentIssue,
  ContentSource,
  FlexComponent,
} from '../../shared/content';
import type { PreviewAnswer } from '../../shared/preview';
import type { EntryDecision, Viewer } from '../access';
import { defineService, type FramedText, type Locale } from '../kernel';
import type { CompiledLink, MessageForm } from './domain/mark-book';
import type { MergeName } from './domain/merge-names';

export type { CompiledLink, MergeName, MessageForm };

/** A published entry with its blocks, relations and media, as all readers share it. Never change it. */
export interface ContentDocument {
  readonly id: number;
  readonly documentId: string;
  readonly locale?: string | null;
  readonly [attribute: string]: unknown;
}

/**
 * What a reader finds at an address of our own site: a page, an entry that is not published, no
 * entry where entries stand, a file that the media library has no more, or nothing that this Strapi
 * knows of.
 */
export type SitePageState = 'served' | 'unpublished' | 'missing' | 'gone' | 'unknown';

/** What the media library says of a file. */
export interface LibraryFile {
  readonly mime: string;
  readonly kilobytes: number;
}

/** Names an entry by its document or by its slug. */
export type EntryKey = { readonly documentId: string } | { readonly slug: string };

/** What one viewer may see of an entry. */
export interface GatedPage {
  readonly uid: string;
  readonly locale: Locale;
  /**
   * Without withheld blocks, cut down to the teaser where the entry itself is withheld, its merge
   * fields filled for this viewer but not escaped.
   */
  readonly document: ContentDocument;
  readonly decision: EntryDecision;
  /** True when the answer would be another for another viewer: caches must not share it. */
  readonly personal: boolean;
  /**
   * One object for all viewers whose document and decision are the same, so that what is made of
   * them (their JSON) can be kept with it. Undefined where something is put in for this viewer.
   */
  readonly edition?: object;
  /** The visible blocks as HTML. */
  blocksHtml(): string;
}

/** Values for merge fields, for example `{ customer: { familyName: '佐藤' } }`. */
export interface MergeValues {
  readonly customer: Readonly<Record<string, unknown>>;
}

/** One person a compiled entry is rendered for. */
export interface Recipient extends MergeValues {
  readonly viewer: Viewer;
  readonly now: Date;
  /** The address a link gets for this person; without it links stay as they are. */
  readonly link?: (link: CompiledLink) => string;
  readonly unsubscribeUrl?: string;
  /** Address of a one-pixel picture that tells that the mail was opened. */
  readonly openPixelUrl?: string;
}

export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The same mail, its HTML still in pieces: what is the same for many is there once. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: FramedText;
  readonly text: string;
}

/** The messages of one push; what stands in it more often than LINE takes, its channel refuses. */
export interface RenderedLine {
  /** What LINE shows in the list of chats. */
  readonly altText: string;
  readonly messages: readonly FlexComponent[];
}

/** Why nothing is rendered: the entry is withheld from this person, or no block is left. */
export interface WithheldRender {
  readonly withheld: string;
}

export interface CompileOptions {
  readonly subject?: string;
  readonly preheader?: string;
  readonly lineAltText?: string;
  /** Where the message stands on the web, for those whose mail program cannot show it. */
  readonly webUrl?: string;
}

/** An entry compiled once for many people; rendering one person is a string join. */
export interface CompiledEntry {
  readonly title: string;
  readonly locale: Locale;
  readonly links: readonly CompiledLink[];
  /** Merge fields that cannot be read, unknown block keys. A campaign with issues is not sent. */
  readonly issues: readonly ContentIssue[];
  /** Every name that its texts ask for. */
  mergeNames(): readonly MergeName[];
  /** The first of its texts that is too much to be filled for this person; null when none is. */
  heavyText(recipient: Recipient): string | null;
  /** What may stand behind `tag.`. */
  readonly tagNames: readonly string[];
  /** The same as long as the same would be drawn, by the same rules, for everybody. */
  digest(): string;
  email(recipient: Recipient): RenderedEmail | WithheldRender;
  mail(recipient: Recipient): RenderedMail | WithheldRender;
  line(recipient: Recipient): RenderedLine | WithheldRender;
  text(recipient: Recipient): { readonly text: string } | WithheldRender;
  /** Short: who writes, the blocks, how to stop it. */
  sms(recipient: Recipient): { readonly text: string } | WithheldRender;
}

/** A block an editor may pick for a message. */
export interface BlockSummary {
  readonly key: string;
  readonly component: string;
  readonly displayName: string;
  readonly excerpt: string;
}

/** Why one viewer gets of an entry what she gets. */
export interface EntryExplanation extends Pick<PreviewAnswer, 'entry' | 'blocks'> {
  readonly document: ContentDocument;
}

export interface ContentService extends BlockRegistry {
  /** The published entry with everything populated, from memory when nothing was written since. */
  loadEntry(uid: string, key: EntryKey, locale: Locale): Promise<ContentDocument | null>;
  /** Calls `listener` after anything was written that pages are made of. */
  onChange(listener: () => void): void;
  /** All published entries of a type in a locale, newest first or by `sort`; from memory. */
  listEntries(uid: string, locale: Locale, sort?: string): Promise<readonly ContentDocument[]>;
  /** The entry as one viewer may see it; null when there is none. */
  page(uid: string, key: EntryKey, locale: Locale, viewer: Viewer): Promise<GatedPage | null>;
  /** Null when the entry does not exist in this locale or is not published. */
  compileEntry(source: ContentSource, options?: CompileOptions): Promise<CompiledEntry | null>;
  /** The blocks of an entry, for choosing some of them. */
  blocksOf(source: ContentSource): Promise<readonly BlockSummary[]>;
  /** Texts with merge fields as this viewer reads them; not escaped. */
  fillTexts<T extends Readonly<Record<string, string>>>(
    texts: T,
    viewer: Viewer,
    locale: Locale,
  ): Promise<T>;
  /** The path of an entry on the site; null when nobody registered one for its type. */
  addressOf(uid: string, entry: ContentDocument, locale: Locale): string | null;
  /** Nothing is fetched. Null: the address is not our site's. */
  sitePageAt(address: string): Promise<SitePageState | null>;
  /** Null: no file of the media library has this address. */
  fileAt(address: string): Promise<LibraryFile | null>;
  /** Every block of the entry, shown or not, with the clause that decided. Null: no such entry. */
  explainEntry(source: ContentSource, viewer: Viewer, now: Date): Promise<EntryExplanation | null>;
}

/** Typed getter: `contentService(strapi).page(…)`. */
export const contentService = defineService<ContentService>('content');
