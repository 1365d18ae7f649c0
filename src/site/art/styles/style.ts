import type { Palette } from '../palettes';
import type { Random } from '../random';

/** Side of the square that every style draws on. */
export const SIDE = 600;

/** Draws the inside of a square SVG on top of its ground. */
export type ArtStyle = (random: Random, palette: Palette) => string;

/** Two decimals are below what a printer sees, and keep the file small. */
export const n = (value: number): string => String(Math.round(value * 100) / 100);

export const circle = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"/>`;

export const rect = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"/>`;

export const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i);
