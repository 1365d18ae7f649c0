/**
 * Record sleeves as SVG, drawn from a name: `waves-minato` is always the same picture. A name that
 * begins with a style gets that style, any other name gets one by chance.
 */
import { PALETTES } from './palettes';
import { randomOf } from './random';
import { arches } from './styles/arches';
import { dots } from './styles/dots';
import { grooves } from './styles/grooves';
import { horizon } from './styles/horizon';
import { ribbons } from './styles/ribbons';
import { ridges } from './styles/ridges';
import { SIDE, type ArtStyle } from './styles/style';
import { tiles } from './styles/tiles';
import { waves } from './styles/waves';

const STYLES: Readonly<Record<string, ArtStyle>> = {
  arches,
  dots,
  grooves,
  horizon,
  ribbons,
  ridges,
  tiles,
  waves,
};

const NAMES = Object.keys(STYLES) as [string, ...string[]];

export function artSvg(name: string): string {
  const random = randomOf(name);
  const palette = random.pick(PALETTES);
  const prefix = name.split('-')[0] ?? '';
  const chance = random.pick(NAMES);
  const style = STYLES[prefix] ?? STYLES[chance] ?? grooves;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}"><rect width="${SIDE}" height="${SIDE}" fill="${palette.ground}"/>${style(random, palette)}</svg>`;
}

/** Names that may stand in an address. */
export const isArtName = (name: string): boolean =>
  /^[a-z0-9]+(-[a-z0-9]+){0,6}$/.test(name) && name.length <= 60;
