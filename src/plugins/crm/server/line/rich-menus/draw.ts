/** The picture of a rich menu. The font comes along, so that every server draws the same. */
import sharp, { type OverlayOptions } from 'sharp';

import type { MenuDesign, MenuField, MenuPalette } from '../../../shared/line-rich-menu';
import { fieldBounds, MENU_PIXELS, type Bounds } from '../../../shared/line-rich-menu-layout';
import { ICONS } from './icons';

interface Palette {
  readonly ground: string;
  /** By turns, so that neighbours are told apart. */
  readonly fields: readonly [string, string];
  readonly line: string;
  readonly ink: string;
}

/** Ink on field: 7 : 1 and more. */
const PALETTES: Readonly<Record<MenuPalette, Palette>> = {
  ink: { ground: '#0f1420', fields: ['#1b2333', '#232c40'], line: '#3a4660', ink: '#ffffff' },
  vermilion: { ground: '#5c130c', fields: ['#8a2018', '#7a1a13'], line: '#b4473d', ink: '#ffffff' },
  moss: { ground: '#1d3325', fields: ['#2a4a36', '#24412f'], line: '#4d7a5f', ink: '#ffffff' },
  paper: { ground: '#d9cfba', fields: ['#fbf7ee', '#f3ecdc'], line: '#c9bda3', ink: '#1f1a12' },
};

const FONT = '@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf';
const MAX_FONT = 130;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Full-width characters are as wide as the font is high, others about half. */
const widthInEms = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2000 ? 1 : 0.56), 0);

/** As large as fits on one line. */
const fontSize = (label: string, width: number, height: number): number =>
  Math.floor(Math.max(40, Math.min(MAX_FONT, (width * 0.86) / widthInEms(label), height * 0.22)));

interface Placed {
  readonly bounds: Bounds;
  readonly field: MenuField;
  readonly place: number;
}

const iconSize = ({ width, height }: Bounds): number =>
  Math.floor(Math.min(width * 0.4, height * 0.34));

function fieldSvg({ bounds, field, place }: Placed, palette: Palette): string {
  const { x, y, width, height } = bounds;
  const fill = palette.fields[place % 2];
  const box = `<rect x="${x + 6}" y="${y + 6}" width="${width - 12}" height="${height - 12}" rx="28" fill="${fill}" stroke="${palette.line}" stroke-width="3"/>`;
  const icon = ICONS[field.icon];
  if (icon === null) return box;
  const side = iconSize(bounds);
  const left = x + (width - side) / 2;
  const top = y + height * 0.2;
  return `${box}<g transform="translate(${left} ${top}) scale(${side / 24})" fill="none" stroke="${palette.ink}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">${icon}</g>`;
}

async function labelOf({ bounds, field }: Placed, palette: Palette): Promise<OverlayOptions> {
  const { x, y, width, height } = bounds;
  const size = fontSize(field.label, width, height);
  const text = {
    text: `<span foreground="${palette.ink}">${escaped(field.label)}</span>`,
    font: `BIZ UDGothic Bold ${size}`,
    fontfile: require.resolve(FONT),
    rgba: true,
    dpi: 72,
  };
  const drawn = await sharp({ text }).png().toBuffer({ resolveWithObject: true });
  // A label that is still too wide is made narrower rather than cut off.
  const most = Math.floor(width * 0.92);
  const { data, info } =
    drawn.info.width > most
      ? await sharp(drawn.data).resize({ width: most }).toBuffer({ resolveWithObject: true })
      : drawn;
  const middle = field.icon === 'none' ? height * 0.5 : height * 0.74;
  return {
    input: data,
    left: Math.round(x + (width - info.width) / 2),
    top: Math.round(y + middle - info.height / 2),
  };
}

/** PNG with few colours: far below LINE's megabyte. */
export async function drawMenu(design: MenuDesign): Promise<Buffer> {
  const { width, height } = MENU_PIXELS[design.size];
  const palette = PALETTES[design.palette];
  const placed = fieldBounds(design.size, design.layout).flatMap((bounds, place): Placed[] => {
    const field = design.fields[place];
    return field ? [{ bounds, field, place }] : [];
  });
  const boxes = placed.map((each) => fieldSvg(each, palette)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${palette.ground}"/>${boxes}</svg>`;
  const labels: OverlayOptions[] = [];
  for (const each of placed) labels.push(await labelOf(each, palette));
  return sharp(Buffer.from(svg)).composite(labels).png({ palette: true, colours: 64 }).toBuffer();
}

/** The same, as wide as a screen needs it. */
export const drawPreview = async (design: MenuDesign): Promise<Buffer> =>
  sharp(await drawMenu(design))
    .resize({ width: 1000 })
    .png({ palette: true })
    .toBuffer();
