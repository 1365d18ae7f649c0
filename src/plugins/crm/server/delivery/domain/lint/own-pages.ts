import { FEW, type Finding, type LintRule } from './rule';

const STATES: Readonly<Record<string, Pick<Finding, 'severity' | 'key'>>> = {
  missing: { severity: 'error', key: 'delivery.lint.page-missing' },
  gone: { severity: 'error', key: 'delivery.lint.file-gone' },
  // Whoever writes the mail may publish the page before the mail goes.
  unpublished: { severity: 'warning', key: 'delivery.lint.page-unpublished' },
  // A front end of its own may serve what Strapi does not know of.
  unknown: { severity: 'warning', key: 'delivery.lint.page-unknown' },
};

/** A link to a page of our own site, or a file of it, that no reader would find there. */
export const ownPages: LintRule = ({ sitePages }) =>
  [...sitePages]
    .flatMap(([url, state]) => {
      const finding = STATES[state];
      return finding ? [{ ...finding, params: { url: url.slice(0, 120) } }] : [];
    })
    .slice(0, FEW);
