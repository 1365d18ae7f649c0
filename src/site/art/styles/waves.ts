import { circle, n, range, SIDE, type ArtStyle } from './style';

/** 青海波: overlapping arcs, with one that is another colour. */
export const waves: ArtStyle = (random, { ground, inks }) => {
  const across = random.whole(3, 5);
  const radius = SIDE / across / 2;
  const rows = Math.ceil(SIDE / (radius / 2)) + 3;
  const special = random.whole(Math.floor(rows * 0.4), Math.floor(rows * 0.8));
  const specialColumn = random.whole(1, across - 1);
  const out: string[] = [];
  for (const row of range(rows)) {
    const y = row * (radius / 2);
    for (const column of range(across + 1)) {
      const x = column * radius * 2 + (row % 2 === 0 ? 0 : radius);
      const ink = row === special && column === specialColumn ? inks[1] : inks[0];
      out.push(scale(x, y, radius, ink, ground));
    }
  }
  return out.join('');
};

const scale = (x: number, y: number, radius: number, ink: string, ground: string): string =>
  [1, 0.8, 0.6, 0.4, 0.2]
    .map((part, index) => circle(x, y, radius * part - 1, index % 2 === 0 ? ink : ground))
    .join('')
    .replace('<circle', `<circle stroke="${ground}" stroke-width="${n(radius * 0.06)}"`);
