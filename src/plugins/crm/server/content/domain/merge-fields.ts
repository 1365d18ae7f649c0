/**
 * Merge fields: `{{ customer.familyName | default: 'お客' }} 様`. Liquid without what a text does
 * not need: no loops, no includes, no file system, few filters, and bounds on time and size.
 */
import { Liquid, type Template } from 'liquidjs';

const TAGS = new Set(['if', 'unless', 'case', 'assign', 'comment', 'echo', 'raw']);
const FILTERS = new Set([
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'truncate',
  'append',
  'prepend',
  'replace',
  'remove',
  'date',
  'plus',
  'minus',
  'times',
  'divided_by',
  'round',
  'floor',
  'ceil',
  'size',
]);
const MAX_TEMPLATE = 20_000;
const MAX_OUTPUT = 20_000;

function createEngine(outputEscape?: 'escape'): Liquid {
  const liquid = new Liquid({
    ...(outputEscape ? { outputEscape } : {}),
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: MAX_TEMPLATE,
    // Wall clock: without loops a text takes microseconds, but a busy machine may pause in between.
    renderLimit: 250,
    memoryLimit: 100_000,
    // Nothing can be looked up: a name in a text never becomes a file.
    templates: {},
  });
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters))
    if (!FILTERS.has(name)) delete liquid.filters[name];
  return liquid;
}

const plain = createEngine();
/** Puts values in escaped for HTML, for texts that are markup themselves. */
const escaping = createEngine('escape');

export type MergeScope = Readonly<Record<string, unknown>>;

export interface MergeTemplate {
  /** The value for one person, not escaped. An error while rendering yields the empty text. */
  render(scope: MergeScope): string;
  /** It takes more than a text may take: everybody like this one would get nothing in its place. */
  isTooHeavy(scope: MergeScope): boolean;
}

export const hasMergeFields = (text: string): boolean => /\{\{|\{%/.test(text);

/** What remains of a text whose merge fields cannot be read. */
export const withoutMergeFields = (text: string): string =>
  text.replace(/\{\{.*?(\}\}|$)|\{%.*?(%\}|$)/gs, '');

export type ParsedMerge =
  | { readonly ok: true; readonly template: MergeTemplate }
  | { readonly ok: false; readonly message: string };

export function parseMergeFields(source: string, escape = false): ParsedMerge {
  const engine = escape ? escaping : plain;
  let parsed: Template[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  return {
    ok: true,
    template: {
      render: (scope) => renderBounded(engine, parsed, scope),
      isTooHeavy: (scope) => passesLimits(engine, parsed, scope),
    },
  };
}

/** A name that a text takes from outside, and where it stands (from 1). */
interface MergeVariable {
  readonly path: readonly (string | number | null)[];
  readonly row: number;
  readonly column: number;
}

/** None in a text that cannot be read. */
export function mergeVariables(source: string): MergeVariable[] {
  try {
    const { globals } = plain.analyzeSync(plain.parse(source));
    return Object.values(globals).flatMap((uses) =>
      uses.map(({ segments, location: { row, col } }) => ({
        path: segments.map((part) => (typeof part === 'object' ? null : part)),
        row,
        column: col,
      })),
    );
  } catch {
    return [];
  }
}

function renderBounded(engine: Liquid, parsed: Template[], scope: MergeScope): string {
  try {
    return String(engine.renderSync(parsed, scope)).slice(0, MAX_OUTPUT);
  } catch {
    // A hostile or broken template must not stop the mail to everyone else.
    return '';
  }
}

/** Tried twice: the limit of time is one of the clock, and a busy machine may pause in between. */
function passesLimits(engine: Liquid, parsed: Template[], scope: MergeScope): boolean {
  return [1, 2].every(() => {
    try {
      engine.renderSync(parsed, scope);
      return false;
    } catch (error) {
      return error instanceof Error && /limit exceeded/.test(error.message);
    }
  });
}

const MOST_KEPT = 2000;
const kept = new Map<string, MergeTemplate>();

/** A template read once while it is in use; one that cannot be read loses its merge fields. */
export function mergeTemplate(source: string, escape = false): MergeTemplate {
  const key = `${String(escape)} ${source}`;
  const known = kept.get(key);
  if (known) return known;
  const parsed = parseMergeFields(source, escape);
  const words = withoutMergeFields(source);
  const template = parsed.ok ? parsed.template : { render: () => words, isTooHeavy: () => false };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, template);
  return template;
}
