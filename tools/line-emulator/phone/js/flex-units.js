/** Flex Message's words for sizes, in pixels. */
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const TEXT = {
  xxs: 11,
  xs: 13,
  sm: 14,
  md: 16,
  lg: 19,
  xl: 22,
  xxl: 29,
  '3xl': 35,
  '4xl': 48,
  '5xl': 74,
};
const IMAGE = {
  xxs: 40,
  xs: 60,
  sm: 80,
  md: 100,
  lg: 120,
  xl: 140,
  xxl: 160,
  '3xl': 180,
  '4xl': 200,
  '5xl': 220,
};
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, 'semi-bold': 3, bold: 4 };

const MEASURE = /^-?\d+(\.\d+)?(px|%)$/;
const COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

function size(words, value, fallback) {
  if (value === undefined) return fallback;
  if (value in words) return `${words[value]}px`;
  return MEASURE.test(value) ? value : fallback;
}

export const space = (value, fallback) => size(SPACE, value, fallback);
export const textSize = (value, fallback = '16px') => size(TEXT, value, fallback);
export const imageSize = (value) => (value === 'full' ? '100%' : size(IMAGE, value, '100px'));
export const border = (value) => size(BORDER, value, undefined);
export const measure = (value) => size({}, value, undefined);
export const colour = (value) => (COLOUR.test(value ?? '') ? value : undefined);

/** `width:height`, as CSS has it. */
export function ratio(value, fallback = '1 / 1') {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value ?? '');
  return match ? `${match[1]} / ${match[2]}` : fallback;
}

/** Sets only those styles that have a value. */
export function setStyles(target, styles) {
  for (const [name, value] of Object.entries(styles)) {
    if (value !== undefined) target.style[name] = value;
  }
}
