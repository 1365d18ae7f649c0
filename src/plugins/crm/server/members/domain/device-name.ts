const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['LINE', /\bLine\//i],
  ['Edge', /\bEdgA?\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh|Mac OS X/],
  ['Linux', /Linux/],
];

/** Enough for a person to recognise her device: `Chrome, iPhone`. Null when nothing is known. */
export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const named = [BROWSERS, SYSTEMS].flatMap(
    (family) => family.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? [],
  );
  return named.length > 0 ? named.join(', ') : null;
}
