import { circle, n, range, SIDE, type ArtStyle } from './style';

/** Rings of a record that is larger than its sleeve. */
export const grooves: ArtStyle = (random, { inks }) => {
  const x = random.pick([0, SIDE * 0.5, SIDE, SIDE * 0.28]);
  const y = random.pick([SIDE, SIDE * 0.5, SIDE * 0.72]);
  const count = random.whole(9, 15);
  const reach = SIDE * random.between(0.72, 0.95);
  const rings = range(count).map((index) => {
    const radius = reach * (1 - index / count);
    const wide = (reach / count) * random.between(0.25, 0.62);
    const ink = index % 5 === 3 ? inks[1] : inks[0];
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="none" stroke="${ink}" stroke-width="${n(wide)}"/>`;
  });
  const label = circle(x, y, reach * 0.16, inks[2]);
  return rings.join('') + label + circle(x, y, reach * 0.03, inks[1]);
};
