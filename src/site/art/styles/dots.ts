import { circle, range, rect, SIDE, type ArtStyle } from './style';

/** A halftone that swells towards a corner, with one solid band. */
export const dots: ArtStyle = (random, { inks }) => {
  const count = random.pick([11, 13, 15]);
  const step = SIDE / count;
  const [fromX, fromY] = random.pick<readonly [number, number]>([
    [0, 0],
    [1, 0],
    [0, 1],
    [0.5, 0.5],
  ]);
  const band = random.whole(3, count - 4);
  const cells = range(count * count).map((index) => {
    const [column, row] = [index % count, Math.floor(index / count)];
    const away = Math.hypot(column / count - fromX, row / count - fromY) / 1.25;
    const radius = step * 0.58 * Math.max(0.08, 1 - away);
    const ink = row === band ? inks[1] : inks[0];
    return circle((column + 0.5) * step, (row + 0.5) * step, radius, ink);
  });
  return rect(0, band * step, SIDE, step, inks[2]) + cells.join('');
};
