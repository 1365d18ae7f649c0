/** How long an SMS is, as carriers count and charge it (3GPP TS 23.038). */

/** The alphabet of seven bits. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two places. */
const EXTENDED = '^{}\\[~]|€\f';

const basic = new Set(BASIC);
const extended = new Set(EXTENDED);

export interface SmsLength {
  /** One letter outside GSM's alphabet, and the whole message is counted the other way. */
  readonly alphabet: 'gsm' | 'unicode';
  /** Places taken. */
  readonly length: number;
  /** Messages it is sent and paid as. */
  readonly parts: number;
}

interface Places {
  readonly single: number;
  /** A part of a longer one: the rest is its heading. */
  readonly part: number;
}

const PLACES: Readonly<Record<SmsLength['alphabet'], Places>> = {
  gsm: { single: 160, part: 153 },
  unicode: { single: 70, part: 67 },
};

/** A letter of two places is never cut in two: it begins the next part. */
function partsOf(letters: readonly number[], { single, part }: Places): number {
  const total = letters.reduce((sum, places) => sum + places, 0);
  if (total <= single) return total === 0 ? 0 : 1;
  let [parts, used] = [1, 0];
  for (const places of letters) {
    if (used + places > part) [parts, used] = [parts + 1, 0];
    used += places;
  }
  return parts;
}

export function smsLength(text: string): SmsLength {
  const letters = [...text];
  const isGsm = letters.every((letter) => basic.has(letter) || extended.has(letter));
  const alphabet = isGsm ? 'gsm' : 'unicode';
  const places = letters.map((letter) => (isGsm ? (extended.has(letter) ? 2 : 1) : letter.length));
  const length = places.reduce((sum, taken) => sum + taken, 0);
  return { alphabet, length, parts: partsOf(places, PLACES[alphabet]) };
}
