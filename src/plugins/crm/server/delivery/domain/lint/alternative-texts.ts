import type { LintRule } from './rule';

const IMAGE = /<img\b[^>]*>/gi;
const ALT = /\balt="[^"]*[^"\s][^"]*"/i;

/** Pictures without words say nothing where pictures are turned off, and to a screen reader. */
export const alternativeTexts: LintRule = ({ html }) => {
  const silent = (html.match(IMAGE) ?? []).filter((image) => !ALT.test(image)).length;
  return silent === 0
    ? []
    : [{ severity: 'warning', key: 'delivery.lint.alt-missing', params: { count: silent } }];
};
