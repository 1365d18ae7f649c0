import { circle, n, range, SIDE, type ArtStyle } from './style';

/** Mountains behind mountains. */
export const ridges: ArtStyle = (random, { inks, ground }) => {
  const moon = circle(
    SIDE * random.between(0.25, 0.75),
    SIDE * random.between(0.18, 0.34),
    SIDE * random.between(0.08, 0.15),
    inks[0],
  );
  const layers = range(5).map((layer) => {
    const base = SIDE * (0.36 + layer * 0.13);
    const high = SIDE * random.between(0.08, 0.2);
    const phase = random.between(0, 7);
    const points = range(25).map((step) => {
      const x = (SIDE / 24) * step;
      const bump = Math.sin(step * 0.45 + phase) * 0.6 + Math.sin(step * 1.1 + phase * 2) * 0.4;
      return `${n(x)} ${n(base - bump * high)}`;
    });
    const ink = [inks[2], inks[1], inks[0], inks[1], ground][layer] ?? inks[1];
    const opacity = layer === 0 ? 0.55 : layer === 1 ? 0.75 : 1;
    return `<path d="M0 ${SIDE}L${points.join('L')}L${SIDE} ${SIDE}Z" fill="${ink}" opacity="${opacity}"/>`;
  });
  return moon + layers.join('');
};
