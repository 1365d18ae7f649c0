/** An entry compiled once for a campaign; per person only the gate's arithmetic and joins remain. */
import type { ContentSource, LineFragment } from '../../shared/content';
import type { Entity, GatedEntry, Viewer } from '../access';
import { joinFramed, type Locale } from '../kernel';
import {
  drawForMessage,
  type BlockSurroundings,
  type MessageBlock,
} from './domain/compiled-blocks';
import { oneLine } from './domain/escape';
import {
  createFiller,
  escapeForHtml,
  escapeForJson,
  escapeForText,
  type Filler,
} from './domain/fill';
import { lineMessages } from './domain/line-message';
import { ALT_TEXT_MAX, cutUnits } from './domain/line-limits';
import { createMarkBook, type MarkBook } from './domain/mark-book';
import {
  frameOf,
  joinSegments,
  splitAtMarks,
  type FramedSegments,
  type Segment,
} from './domain/marks';
import type { MergeScope } from './domain/merge-fields';
import { mergeNames, type MergeName } from './domain/merge-names';
import { textsOf, type MergeTag } from './domain/merge-tags';
import {
  ENTRY_KEY,
  entryHead,
  placedBlocks,
  visibleBlocks,
  type Layout,
  type PlacedBlock,
} from './domain/placed-blocks';
import { contentDigest } from './digest';
import { compileShell, type CompiledShell, type ShellInput } from './email-shell';
import type {
  CompiledEntry,
  CompileOptions,
  ContentDocument,
  Recipient,
  RenderedEmail,
  RenderedLine,
  RenderedMail,
  WithheldRender,
} from './index';
import type { RendererLookup } from './renderers/registry';
import { smsText, textMail, type TextMailFrame } from './text-mail';

export interface CompileInput {
  readonly source: ContentSource;
  readonly document: ContentDocument;
  /** What blocks are drawn from, see `shared-view.ts`. */
  readonly shared: ContentDocument;
  /** The same without the signatures of files, which differ by the hour. */
  readonly unsigned: ContentDocument;
  readonly layout: Layout;
  /** The type has renderers of its own, which draw the head of the entry. */
  readonly withHead: boolean;
  readonly locale: Locale;
  readonly options: CompileOptions;
  readonly renderersOf: RendererLookup;
  readonly around: BlockSurroundings;
  readonly shell: ShellInput;
  /** MJML to HTML. */
  readonly layOut: (mjml: string) => Promise<string>;
  readonly preferencesUrl: string;
  readonly unknownBlock: string;
  readonly tags: readonly MergeTag[];
  readonly scopeOf: (recipient: Recipient) => MergeScope;
  readonly gate: (document: Entity, viewer: Viewer, now: Date) => GatedEntry;
}

interface Compiled {
  readonly input: CompileInput;
  readonly book: MarkBook;
  readonly blocks: readonly MessageBlock[];
  readonly shell: CompiledShell;
  readonly subject: readonly Segment[];
  readonly preheader: readonly Segment[];
  readonly altText: readonly Segment[];
}

export async function compileEntry(input: CompileInput): Promise<CompiledEntry> {
  const book = createMarkBook();
  const issues: { path: string; message: string }[] = [];
  const chosen = chooseBlocks(input, issues);
  const { around } = input;
  const blocks = chosen.map((placed) =>
    drawForMessage(placed, input.renderersOf(placed.block.__component), book, around),
  );
  const title = String(input.document.title ?? '');
  const words = (text: string | undefined, path: string) =>
    splitAtMarks(book.text(text ? text : title, path));
  const subject = words(input.options.subject, 'subject');
  const { lineAltText } = input.options;
  const compiled: Compiled = {
    input,
    book,
    blocks,
    shell: await compileShell(
      blocks.map((block) => block.mjml),
      input.shell,
      input.layOut,
    ),
    subject,
    preheader: words(input.options.preheader, 'preheader'),
    altText: lineAltText ? words(lineAltText, 'lineAltText') : subject,
  };
  return compiledEntry(compiled, title, issues);
}

const placesOf = ({ source, shared, layout, withHead }: CompileInput): readonly PlacedBlock[] => [
  ...(withHead ? [entryHead(source.uid, shared)] : []),
  ...placedBlocks(shared, layout),
];

function chooseBlocks(
  input: CompileInput,
  issues: { path: string; message: string }[],
): readonly PlacedBlock[] {
  const placed = placesOf(input);
  const keys = input.source.blockKeys;
  if (!keys) return placed;
  const byKey = new Map(placed.map((block) => [block.key, block]));
  return keys.flatMap((key) => {
    const found = byKey.get(key);
    if (!found) issues.push({ path: key, message: input.unknownBlock });
    return found ? [found] : [];
  });
}

function compiledEntry(
  compiled: Compiled,
  title: string,
  issues: readonly { path: string; message: string }[],
): CompiledEntry {
  const { book, input } = compiled;
  const renderOf =
    <T>(draw: (person: Person) => T | WithheldRender) =>
    (recipient: Recipient) => {
      const person = personOf(compiled, recipient);
      return 'withheld' in person ? person : draw(person);
    };
  const mail = mailOf(compiled);
  const segmentsOf = lineSegments(compiled);
  return {
    title,
    locale: input.locale,
    links: book.links,
    mergeNames: () => namesAsked(book, input.tags),
    heavyText: (recipient) => heavyText(book, input.scopeOf(recipient)),
    tagNames: input.tags.map(({ key }) => key),
    digest: () => digestOf(input),
    issues: [...issues, ...book.issues],
    email: renderOf((person) => emailOf(mail(person))),
    mail: renderOf(mail),
    line: renderOf((person) => lineOf(compiled, segmentsOf(person.visible), person)),
    text: renderOf((person) => ({ text: textOf(compiled, person, textMail) })),
    sms: renderOf((person) => ({ text: textOf(compiled, person, smsText) })),
  };
}

/** Of the texts, and of the wordings of every switching tag that they name. */
function namesAsked(book: MarkBook, tags: readonly MergeTag[]): readonly MergeName[] {
  const asked = book.sources.flatMap(mergeNames);
  const keys = new Set(asked.map(({ path: [first, key] }) => (first === 'tag' ? key : undefined)));
  const worded = tags.filter(({ key }) => keys.has(key)).flatMap(textsOf);
  return [...asked, ...worded.flatMap(mergeNames)];
}

function heavyText({ merges, sources }: MarkBook, scope: MergeScope): string | null {
  const heavy = merges.findIndex((template) => template.isTooHeavy(scope));
  return heavy < 0 ? null : (sources[heavy] ?? '');
}

/** Drawn once more, from what does not change by itself. */
function digestOf(input: CompileInput): string {
  const book = createMarkBook();
  const { around } = input;
  const drawn = chooseBlocks({ ...input, shared: input.unsigned }, []).map((placed) =>
    drawForMessage(placed, input.renderersOf(placed.block.__component), book, around),
  );
  const { subject = '', preheader = '', lineAltText = '' } = input.options;
  const words = [String(input.document.title ?? ''), subject, preheader, lineAltText];
  return contentDigest({ drawn, words, book, document: input.document, tags: input.tags });
}

interface Person {
  readonly recipient: Recipient;
  readonly filler: Filler;
  /** Numbers of the blocks this person gets, in order. */
  readonly visible: readonly number[];
}

function personOf(compiled: Compiled, recipient: Recipient): Person | WithheldRender {
  const { input, blocks, book } = compiled;
  const gated = input.gate(input.document, recipient.viewer, recipient.now);
  if (!gated.decision.allow) return { withheld: gated.decision.reason };
  const seen = visibleBlocks(gated.document ?? {}, input.layout);
  const isSeen = ({ zone, identity }: MessageBlock) => zone === ENTRY_KEY || seen.has(identity);
  const visible = blocks.flatMap((block, index) => (isSeen(block) ? [index] : []));
  if (visible.length === 0) return { withheld: 'no-blocks' };
  const scope = input.scopeOf(recipient);
  return { recipient, visible, filler: createFiller({ book, scope, link: recipient.link }) };
}

function mailOf(compiled: Compiled): (person: Person) => RenderedMail {
  const flat = new Map<string, FramedSegments>();
  const bodyOf = (visible: readonly number[]): FramedSegments => {
    const key = visible.join();
    const known = flat.get(key);
    if (known) return known;
    const { head, blocks, tail } = compiled.shell;
    const all = [head, ...visible.map((index) => blocks[index] ?? []), tail].flat();
    const framed = frameOf(all);
    flat.set(key, framed);
    return framed;
  };
  return (person) => {
    const { recipient, filler } = person;
    const plain = filler.for(escapeForText);
    const subject = oneLine(joinSegments(compiled.subject, plain));
    const preheader = oneLine(joinSegments(compiled.preheader, plain));
    const { preferencesUrl } = compiled.input;
    const unsubscribe = recipient.unsubscribeUrl ?? preferencesUrl;
    const slots = [subject, preheader, unsubscribe, preferencesUrl].map(escapeForHtml);
    slots.push(pixelHtml(recipient.openPixelUrl));
    const { frame, marks } = bodyOf(person.visible);
    const fill = filler.for(escapeForHtml, slots);
    const fills = marks.map(({ kind, index }) => fill(kind, index));
    return { subject, html: { frame, fills }, text: textOf(compiled, person, textMail) };
  };
}

const emailOf = ({ subject, html, text }: RenderedMail): RenderedEmail => ({
  subject,
  html: joinFramed(html),
  text,
});

const pixelHtml = (url: string | undefined): string =>
  url ? `<img src="${escapeForHtml(url)}" width="1" height="1" alt="" style="display:block">` : '';

function textOf(compiled: Compiled, person: Person, join: typeof textMail): string {
  const { shell, preferencesUrl } = compiled.input;
  const fill = person.filler.for(escapeForText);
  const frame: TextMailFrame = {
    siteName: shell.theme.siteName,
    webUrl: shell.webUrl,
    texts: shell.texts,
    organisation: shell.organisation,
    unsubscribeUrl: person.recipient.unsubscribeUrl ?? preferencesUrl,
    preferencesUrl,
  };
  const blocks = person.visible.map((index) =>
    joinSegments(compiled.blocks[index]?.text ?? [], fill).trim(),
  );
  return join(blocks, frame);
}

/** The blocks as JSON, cut at their marks once for all who see the same. */
function lineSegments({ blocks }: Compiled): (visible: readonly number[]) => readonly Segment[] {
  const known = new Map<string, readonly Segment[]>();
  return (visible) => {
    const key = visible.join();
    const fragments = () => visible.map((index) => blocks[index]?.line ?? {});
    const segments = known.get(key) ?? splitAtMarks(JSON.stringify(fragments()));
    known.set(key, segments);
    return segments;
  };
}

function lineOf(
  compiled: Compiled,
  segments: readonly Segment[],
  person: Person,
): RenderedLine | WithheldRender {
  const filled = joinSegments(segments, person.filler.for(escapeForJson));
  const own = JSON.parse(filled) as readonly LineFragment[];
  const alt = oneLine(joinSegments(compiled.altText, person.filler.for(escapeForText)));
  const altText = cutUnits(alt === '' ? compiled.input.shell.theme.siteName : alt, ALT_TEXT_MAX);
  const messages = lineMessages(own, altText);
  return messages.length > 0 ? { altText, messages } : { withheld: 'no-blocks' };
}
