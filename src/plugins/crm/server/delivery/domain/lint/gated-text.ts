import type { LintRule } from './rule';

/** Shorter lines say too little to be a secret, and stand in half of all mails. */
const TELLING = 8;

/** Subject and preheader reach everybody: what only some may read must not stand there. */
export const gatedText: LintRule = ({ subject, preheader, gatedLines }) => {
  const open = `${subject}\n${preheader}`;
  const leaked = gatedLines.find((line) => line.length >= TELLING && open.includes(line));
  return leaked === undefined
    ? []
    : [
        {
          severity: 'error',
          key: 'delivery.lint.gated-text',
          params: { text: leaked.slice(0, 60) },
        },
      ];
};
