import { FEW, type Finding, type LintRule } from './rule';

const NAMES = /\b((?:customer|tag)\.[A-Za-z_][\w-]*)/g;
const INSIDE = /\{\{.*?\}\}|\{%.*?%\}/gs;
/** What other tools write, and what an input method makes of it. */
const FOREIGN = /\{\{|\}\}|｛｛|｝｝|%%[A-Za-z_]\w*%%|\*\|[A-Z_]+\|\*|\[\[[A-Za-z_]\w*\]\]/;

/** A name that nobody knows shows as nothing; a form of another tool shows as it stands. */
export const mergeFields: LintRule = ({ templates, fields, subject, preheader, text }) => {
  const named = templates
    .flatMap((template) => template.match(INSIDE) ?? [])
    // What has a default resolves for everybody.
    .filter((inside) => !/\|\s*default\b/.test(inside))
    .flatMap((inside) => inside.match(NAMES) ?? []);
  const unknown = [...new Set(named)].filter((name) => !fields.has(name));
  const findings: Finding[] = unknown.slice(0, FEW).map((field) => ({
    severity: 'error',
    key: 'delivery.lint.merge-unknown',
    params: { field },
  }));
  const left = [subject, preheader, text].map((part) => FOREIGN.exec(part)?.[0]).find(Boolean);
  return left
    ? [...findings, { severity: 'error', key: 'delivery.lint.merge-left', params: { text: left } }]
    : findings;
};
