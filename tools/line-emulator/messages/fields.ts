import { z } from 'zod';
import { withinGraphemes } from './text-length';

/**
 * The small fields that messages are made of, each with LINE's own wording of the refusal.
 * A message that fails gets exactly these texts in `details`.
 */
const lengthText = (minimum: number, maximum: number) =>
  `Length must be between ${minimum} and ${maximum}`;

/** Text measured in UTF-16 code units. */
export const text = (maximum: number) =>
  z.string().min(1, 'May not be empty').max(maximum, lengthText(0, maximum));

/** Text that may be empty, measured in UTF-16 code units. */
export const optionalText = (maximum: number) =>
  z.string().max(maximum, lengthText(0, maximum)).optional();

/** Text measured in graphemes. */
export const graphemes = (maximum: number) =>
  z
    .string()
    .min(1, 'May not be empty')
    .refine((value) => withinGraphemes(value, maximum), lengthText(0, maximum));

export const list = <Item extends z.ZodType>(item: Item, minimum: number, maximum: number) =>
  z
    .array(item)
    .min(minimum, `Size must be between ${minimum} and ${maximum}`)
    .max(maximum, `Size must be between ${minimum} and ${maximum}`);

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function parseUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

/**
 * An https address of a picture, film or sound. Plain http is accepted for this computer only,
 * because a site under development has no certificate.
 */
export const mediaUrl = (maximum = 2000) =>
  text(maximum).refine((value) => {
    const url = parseUrl(value);
    if (!url) return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  }, 'Invalid URL. Must be HTTPS');

const LINK_SCHEMES = new Set(['http:', 'https:', 'line:', 'tel:']);

/** The address behind a button. */
export const linkUri = (maximum = 1000) =>
  text(maximum).refine((value) => {
    const url = parseUrl(value);
    return url !== null && LINK_SCHEMES.has(url.protocol);
  }, 'invalid uri scheme');

export const colour = z
  .string()
  .regex(/^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/, 'invalid property')
  .optional();
