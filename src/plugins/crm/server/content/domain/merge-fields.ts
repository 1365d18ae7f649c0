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

function createEngine(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: MAX_TEMPLATE,
    renderLimit: 20,
    memoryLimit: 100_000,
    // Nothing can be looked up: a name in a text never becomes a file.
    templates: {},
  });
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters))
    if (!FILTERS.has(name)) delete liquid.filters[name];
  return liquid;
}

const engine = createEngine();

export type MergeScope = Readonly<Record<string, unknown>>;

export interface MergeTemplate {
  /** The value for one person, not escaped. An error while rendering yields the empty text. */
  render(scope: MergeScope): string;
}

export const hasMergeFields = (text: string): boolean => /\{\{|\{%/.test(text);

/** What remains of a text whose merge fields cannot be read. */
export const withoutMergeFields = (text: string): string =>
  text.replace(/\{\{.*?(\}\}|$)|\{%.*?(%\}|$)/gs, '');

export type ParsedMerge =
  | { readonly ok: true; readonly template: MergeTemplate }
  | { readonly ok: false; readonly message: string };

export function parseMergeFields(source: string): ParsedMerge {
  let parsed: Template[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, template: { render: (scope) => renderBounded(parsed, scope) } };
}

function renderBounded(parsed: Template[], scope: MergeScope): string {
  try {
    return String(engine.renderSync(parsed, scope)).slice(0, MAX_OUTPUT);
  } catch {
    // A hostile or broken template must not stop the mail to everyone else.
    return '';
  }
}
