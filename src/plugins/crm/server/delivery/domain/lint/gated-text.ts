import type { Lintable, LintRule } from './rule';

/** So much in a row is no chance; shorter pieces stand in half of all mails. */
const PIECE = 8;

/** What opens a door by itself: a coupon, a watchword of letters and digits. */
const CODE = /(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z\d][a-z\d-]{2,}[a-z\d]/g;

/** Width, case and blanks are no difference to who reads it. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const tight = (text: string): string => plain(text).replace(/\s+/g, '');

const codesIn = (text: string): string[] => plain(text).match(CODE) ?? [];

function piecesOf(text: string): string[] {
  const letters = [...tight(text)];
  return letters
    .slice(0, Math.max(0, letters.length - PIECE + 1))
    .map((_, at) => letters.slice(at, at + PIECE).join(''));
}

/** The longest run of `text` that is made of pieces found in `hidden`; empty where there is none. */
function longestRun(text: string, hidden: ReadonlySet<string>): string {
  const letters = [...tight(text)];
  let longest = '';
  let from = -1;
  piecesOf(text).forEach((piece, at) => {
    if (!hidden.has(piece)) {
      from = -1;
      return;
    }
    if (from < 0) from = at;
    const run = letters.slice(from, at + PIECE).join('');
    if (run.length > longest.length) longest = run;
  });
  return longest;
}

function leakedIn(open: string, { gatedLines, openLines }: Lintable): string {
  const everybodys = new Set(openLines.flatMap(piecesOf));
  const hidden = new Set(gatedLines.flatMap(piecesOf).filter((piece) => !everybodys.has(piece)));
  const run = longestRun(open, hidden);
  if (run !== '') return run;
  const known = new Set(openLines.flatMap(codesIn));
  const codes = new Set(gatedLines.flatMap(codesIn).filter((code) => !known.has(code)));
  return codesIn(open).find((code) => codes.has(code)) ?? '';
}

/** Subject and preheader reach everybody: what only some may read must not stand there. */
export const gatedText: LintRule = (message) => {
  const leaked = [message.subject, message.preheader]
    .map((open) => leakedIn(open, message))
    .find((text) => text !== '');
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
