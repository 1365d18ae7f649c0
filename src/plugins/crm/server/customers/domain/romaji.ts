import { toRomaji } from 'wanakana';

import { remember } from './remember';

/** Kunrei spellings to Hepburn, in this order; then what Hepburn writers leave out or add. */
const FOLDS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/[^a-z]/g, ''],
  [/sy/g, 'sh'],
  [/[zj]y/g, 'j'],
  [/[tc]y/g, 'ch'],
  [/si/g, 'shi'],
  [/ti/g, 'chi'],
  [/tu/g, 'tsu'],
  [/zi/g, 'ji'],
  [/(?<![sc])hu/g, 'fu'],
  [/m(?=[bpm])/g, 'n'],
  [/tch/g, 'cch'],
  // Satoh, Ohno: an h that only lengthens.
  [/(?<=o)h(?![aiueo])/g, ''],
  [/ou|oo/g, 'o'],
  [/uu/g, 'u'],
  [/aa/g, 'a'],
  [/ee/g, 'e'],
];

/**
 * One form for all romanisations of a name: Satou, Sato, Satoh and Satō; Siti and Shichi. Keys
 * and queries are folded alike, so any of them finds the others.
 */
export function foldRomaji(text: string): string {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return FOLDS.reduce((folded, [pattern, to]) => folded.replace(pattern, to), plain);
}

/** The folded romanisation of a kana reading. */
export const romajiOfKana = remember(20_000, (kana) => foldRomaji(toRomaji(kana)));
