import { circle, n, range, rect, SIDE, type ArtStyle } from './style';

/** Quarter circles and dots on a grid. */
export const tiles: ArtStyle = (random, { ground, inks }) => {
  const count = random.pick([3, 4, 4, 5]);
  const side = SIDE / count;
  const cells = range(count * count).map((index) => {
    const x = (index % count) * side;
    const y = Math.floor(index / count) * side;
    const ink = random.pick([inks[0], inks[0], inks[1], inks[2]]);
    const back = random.next() > 0.72 ? rect(x, y, side, side, inks[2]) : '';
    return back + tile(random.whole(0, 6), x, y, side, ink === inks[2] && back ? ground : ink);
  });
  return cells.join('');
};

function tile(kind: number, x: number, y: number, side: number, ink: string): string {
  const [right, bottom] = [x + side, y + side];
  const quarter = (
    cx: number,
    cy: number,
    fromX: number,
    fromY: number,
    toX: number,
    toY: number,
  ) =>
    `<path d="M${n(cx)} ${n(cy)}L${n(fromX)} ${n(fromY)}A${n(side)} ${n(side)} 0 0 1 ${n(toX)} ${n(toY)}Z" fill="${ink}"/>`;
  switch (kind) {
    case 0:
      return quarter(x, y, right, y, x, bottom);
    case 1:
      return quarter(right, y, right, bottom, x, y);
    case 2:
      return quarter(right, bottom, x, bottom, right, y);
    case 3:
      return quarter(x, bottom, x, y, right, bottom);
    case 4:
      return circle(x + side / 2, y + side / 2, side * 0.36, ink);
    case 5:
      return rect(x, y + side / 2, side, side / 2, ink);
    default:
      return '';
  }
}
