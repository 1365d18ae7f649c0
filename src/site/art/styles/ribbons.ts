import { circle, n, range, SIDE, type ArtStyle } from './style';

/** Parallel bands that turn once around a disc. */
export const ribbons: ArtStyle = (random, { inks, ground }) => {
  const count = random.whole(5, 8);
  const wide = (SIDE * 0.62) / count;
  const bend = SIDE * random.between(0.3, 0.55);
  const bands = range(count).map((index) => {
    const offset = SIDE * 0.16 + index * wide;
    const ink = [inks[0], inks[1], inks[2], ground][index % 4] ?? inks[0];
    const radius = Math.max(20, bend - index * wide * 0.6);
    return `<path d="M${n(offset)} 0V${n(SIDE - bend - offset * 0.4)}q0 ${n(radius)} ${n(radius)} ${n(radius)}H${SIDE + 40}" fill="none" stroke="${ink}" stroke-width="${n(wide * 0.82)}"/>`;
  });
  const disc = circle(SIDE * 0.79, SIDE * random.between(0.2, 0.32), SIDE * 0.13, inks[0]);
  return bands.join('') + disc;
};
