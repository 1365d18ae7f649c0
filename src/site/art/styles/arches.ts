import { n, range, rect, SIDE, type ArtStyle } from './style';

/** Nested arches, one beside another, like doors of a street. */
export const arches: ArtStyle = (random, { ground, inks }) => {
  const count = random.pick([2, 3, 3]);
  const wide = SIDE / count;
  const street = range(count).map((index) => {
    const high = SIDE * random.between(0.35, 0.82);
    const order = random.pick<readonly [number, number, number]>([
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]);
    return [0.9, 0.62, 0.34]
      .map((part, ring) => {
        const half = (wide * part) / 2;
        const x = wide * (index + 0.5);
        const top = SIDE - high + (wide * (1 - part)) / 2;
        const ink = inks[order[ring] ?? 0];
        return `<path d="M${n(x - half)} ${SIDE}V${n(top + half)}a${n(half)} ${n(half)} 0 0 1 ${n(half * 2)} 0V${SIDE}Z" fill="${ink}" stroke="${ground}" stroke-width="5"/>`;
      })
      .join('');
  });
  return street.join('') + rect(0, SIDE - 12, SIDE, 12, inks[1]);
};
