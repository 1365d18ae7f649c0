import type { Address } from './addresses';
import { DAY, atShoppingHour } from './calendar';
import { pickFamilyName, pickGivenName, type Gender } from './names';
import type { Random } from './random';

/** What a person said about one channel, with the wording they saw. */
export interface Consent {
  status: 'opted_in' | 'opted_out' | 'unknown';
  wording: string;
  source: string;
  at: Date;
}

export interface DemoCustomer {
  customerNumber: string;
  familyName: string;
  givenName: string;
  familyNameKana: string;
  givenNameKana: string;
  email: string;
  phone: string;
  gender: Gender;
  birthday: string;
  address: Address | undefined;
  registeredAt: Date;
  source: 'web' | 'store' | 'event';
  consents: { email: Consent; postal: Consent };
}

/** Reserved for examples by RFC 2606 and JPRS: no letter to them ever reaches anybody. */
const MAIL_DOMAINS = ['example.jp', 'example.com', 'example.ne.jp', 'example.net', 'example.org'];

/** The wording changed once; older customers agreed to the older text. */
const WORDINGS = [
  { version: '2024-04', until: '2025-07-01' },
  { version: '2025-07', until: '9999-12-31' },
];

function wordingAt(at: Date): string {
  const day = at.toISOString().slice(0, 10);
  return (WORDINGS.find((wording) => day < wording.until) ?? WORDINGS[0])?.version ?? '';
}

function drawConsent(random: Random, at: Date, source: string, share: number): Consent {
  const draw = random.next();
  const status = draw < share ? 'opted_in' : draw < share + 0.12 ? 'opted_out' : 'unknown';
  return { status, wording: wordingAt(at), source, at };
}

/** The shop grows: later months bring more people than earlier ones. */
function drawRegistration(random: Random, start: Date, end: Date): Date {
  const span = end.getTime() - start.getTime();
  const day = new Date(start.getTime() + Math.floor(span * Math.pow(random.next(), 0.75)));
  const registeredAt = atShoppingHour(random, day);
  return registeredAt < end ? registeredAt : day;
}

function drawBirthday(random: Random, end: Date): string {
  const age = Math.min(84, Math.max(16, 44 + random.normal() * 14));
  return new Date(end.getTime() - age * 365.25 * DAY).toISOString().slice(0, 10);
}

/** 0A0-0…: a mobile number's fourth digit is never 0 in Japan, so these ring nowhere. */
function drawPhone(random: Random): string {
  const digits = (count: number) => String(random.integer(0, 10 ** count - 1)).padStart(count, '0');
  return `0${random.pick(['9', '8', '7'])}0-0${digits(3)}-${digits(4)}`;
}

/** One made-up person; `index` makes the id and the mail address unique. */
export function drawCustomer(
  random: Random,
  index: number,
  drawAddress: (random: Random) => Address,
  span: { start: Date; end: Date },
): DemoCustomer {
  const gender: Gender = random.chance(0.42) ? 'female' : 'male';
  const birthday = drawBirthday(random, span.end);
  const family = pickFamilyName(random);
  const given = pickGivenName(random, gender, Number(birthday.slice(0, 4)));
  const registeredAt = drawRegistration(random, span.start, span.end);
  const source = random.weighted(
    ['web', 'store', 'event'] as const,
    (from) => ({ web: 82, store: 13, event: 5 })[from],
  );
  const serial = String(index + 1).padStart(5, '0');
  const hasEmail = source === 'web' || random.chance(0.6);
  return {
    customerNumber: `D${serial}`,
    familyName: family.kanji,
    givenName: given.kanji,
    familyNameKana: family.kana,
    givenNameKana: given.kana,
    email: hasEmail
      ? `${given.romaji}.${family.romaji}.${serial}@${random.pick(MAIL_DOMAINS)}`
      : '',
    phone: random.chance(0.86) ? drawPhone(random) : '',
    gender,
    birthday: random.chance(0.78) ? birthday : '',
    address: source === 'web' || random.chance(0.5) ? drawAddress(random) : undefined,
    registeredAt,
    source,
    consents: {
      email: drawConsent(random, registeredAt, source, hasEmail ? 0.71 : 0),
      postal: drawConsent(random, registeredAt, source, 0.38),
    },
  };
}
