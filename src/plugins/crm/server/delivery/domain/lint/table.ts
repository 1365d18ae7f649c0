/** Every rule that a message is read by before it is sent; sizes are each channel's own. */
import { alternativeTexts } from './alternative-texts';
import { gatedText } from './gated-text';
import { lineAltText } from './line-alt-text';
import { links } from './links';
import { mergeFields } from './merge-fields';
import { ownPages } from './own-pages';
import type { Finding, Lintable, LintRule } from './rule';
import { spamForm } from './spam-form';

const rules: readonly LintRule[] = [
  mergeFields,
  links,
  ownPages,
  alternativeTexts,
  lineAltText,
  gatedText,
  spamForm,
];

export const lintMessage = (message: Lintable): readonly Finding[] =>
  rules.flatMap((rule) => rule(message));
