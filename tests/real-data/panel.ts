/** Sums of the CDNOW panel, taken from its text file by awk: no code of ours reads it. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { YEN_PER_DOLLAR } from '../../tools/demo-data/cdnow';

export type PanelFile = 'CDNOW_sample.txt' | 'CDNOW_master.txt';

export interface PanelSums {
  readonly people: number;
  readonly purchases: number;
  /** Whole yen, each purchase rounded half up. */
  readonly yen: number;
}

const folder = () => {
  const value = process.env.CDNOW_DIR;
  if (!value) throw new Error('CDNOW_DIR is not set: npm run check:real-data -- --cdnow DIR');
  return value;
};

export const panelPath = (file: PanelFile) => path.join(folder(), file);

/** The customer is the first column of both files; date and dollars are counted from the end. */
const YEN = `int($NF * ${YEN_PER_DOLLAR} + 0.5)`;
const ROWS = '$1 ~ /^[0-9]+$/';

const awk = (program: string, file: PanelFile): string =>
  execFileSync('awk', [program, panelPath(file)], { encoding: 'utf8', maxBuffer: 64 << 20 });

export function panelSums(file: PanelFile): PanelSums {
  const [people, purchases, yen] = awk(
    `${ROWS} { if (!($1 in seen)) { seen[$1]; people++ } purchases++; yen += ${YEN} }
     END { printf "%d %d %d", people, purchases, yen }`,
    file,
  )
    .split(' ')
    .map(Number);
  return { people: people ?? 0, purchases: purchases ?? 0, yen: yen ?? 0 };
}

/** Customer numbers who spent at least `yen` in all and bought on or after `since` (yyyymmdd). */
export function bigRecentSpenders(file: PanelFile, yen: number, since: number): Set<string> {
  const output = awk(
    `${ROWS} { spent[$1] += ${YEN}; if ($(NF-2) > last[$1]) last[$1] = $(NF-2) }
     END { for (id in spent) if (spent[id] >= ${yen} && last[id] >= ${since}) print "C" id }`,
    file,
  );
  return new Set(output.split('\n').filter((line) => line !== ''));
}
