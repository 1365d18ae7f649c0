import { circle, n, range, rect, SIDE, type ArtStyle } from './style';

/** A sun over water that gets finer towards the line. */
export const horizon: ArtStyle = (random, { ground, inks }) => {
  const line = SIDE * random.between(0.52, 0.66);
  const radius = SIDE * random.between(0.22, 0.32);
  const x = SIDE * random.pick([0.38, 0.5, 0.62]);
  const sun = circle(x, line - radius * random.between(0.05, 0.5), radius, inks[0]);
  const sea = rect(0, line, SIDE, SIDE - line, inks[1]);
  const waves = range(11).map((index) => {
    const y = line + (SIDE - line) * (index / 11) ** 1.5 + 4;
    const high = 2 + index * 1.5;
    const half = radius * (1.2 - index * 0.07) + random.between(-20, 36);
    const shift = random.between(-18, 18);
    return rect(x + shift - half, y, half * 2, high, index % 3 === 2 ? inks[2] : inks[0]);
  });
  const sky = `<path d="M0 ${n(SIDE * 0.14)}H${SIDE}" stroke="${inks[2]}" stroke-width="3"/>`;
  return `${random.next() > 0.5 ? sky : ''}${sun}${sea}${waves.join('')}${rect(0, line - 3, SIDE, 3, ground)}`;
};
