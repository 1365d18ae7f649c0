import { FEW, type Finding, type Lintable, type LintRule } from './rule';

/** What other tools write, and what an input method makes of it. */
const FOREIGN = /\{\{|\}\}|｛｛|｝｝|%%[A-Za-z_]\w*%%|\*\|[A-Z_]+\|\*|\[\[[A-Za-z_]\w*\]\]/;

/** What may follow a value: its size, and the members of the one list. */
const PARTS = new Set(['size', 'first', 'last']);

type Name = Lintable['names'][number];

const written = ({ path }: Name): string => path.map((part) => part ?? '[…]').join('.');

/** A value of a person or a tag; not a whole record, and nothing inside a value that has no inside. */
function isKnown({ path }: Name, fields: ReadonlySet<string>): boolean {
  if (path.includes(null)) return false;
  if (fields.has(path.join('.'))) return true;
  const last = path.at(-1);
  const isPart = typeof last === 'number' || (typeof last === 'string' && PARTS.has(last));
  return isPart && fields.has(path.slice(0, -1).join('.'));
}

/** As much of a text as shows which one is meant. */
const SHOWN = 40;

const finding = (
  severity: Finding['severity'],
  key: string,
  params: Finding['params'],
): Finding => ({
  severity,
  key: `delivery.lint.${key}`,
  ...(params && { params }),
});

/**
 * A name that nobody knows shows as nothing, or as its default for everybody; a form of another
 * tool shows as it stands.
 */
export const mergeFields: LintRule = (message) => {
  const { names, fields, subject, preheader, text, heavyText } = message;
  const unknown = new Map<string, boolean>();
  for (const name of names) {
    if (isKnown(name, fields)) continue;
    unknown.set(written(name), name.hasDefault && (unknown.get(written(name)) ?? true));
  }
  const findings = [...unknown]
    .slice(0, FEW)
    .map(([field, hasDefault]) =>
      hasDefault
        ? finding('warning', 'merge-default', { field })
        : finding('error', 'merge-unknown', { field }),
    );
  if (heavyText !== null) {
    findings.push(finding('error', 'merge-heavy', { text: heavyText.slice(0, SHOWN) }));
  }
  const left = [subject, preheader, text].map((part) => FOREIGN.exec(part)?.[0]).find(Boolean);
  return left ? [...findings, finding('error', 'merge-left', { text: left })] : findings;
};
