import { normalizePhone, dialledDigits } from './phone';
import {
  foldWidth,
  isPlain,
  normalizeAddressLine,
  normalizeHyphens,
  toKatakana,
} from './japanese-text';
import { foldKanji } from './kanji-variants';
import { foldRomaji, romajiOfKana } from './romaji';

/** What of a customer can be searched by. */
export interface SearchableCustomer {
  readonly customerNumber: string | null;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly familyNameKana: string | null;
  readonly givenNameKana: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly prefecture: string | null;
  readonly city: string | null;
  readonly street: string | null;
}

const MAX_TERM = 200;
/** Its column holds no more, and family and given name may each fill one. */
const MAX_SORT_NAME = 255;
const MAX_WORDS = 5;

/** Marks a phone number written backwards, so that "the last four digits" is a prefix too. */
const BACKWARDS = '<';

const reversed = (digits: string): string => BACKWARDS + [...digits].reverse().join('');

/** Spelling differences that never tell two people apart: width, case, kana, old kanji, spaces. */
function foldSpelling(text: string): string {
  const folded = foldKanji(isPlain(text) ? text : foldWidth(text).normalize('NFKC'));
  return toKatakana(folded.toLowerCase()).replace(/[\s・=\p{Cc}]/gu, '');
}

/** 株式会社 and its like stand before or after the name people search by. */
const withoutCompanyForm = (name: string): string =>
  name.replace(/株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|\(同\)/g, '');

/** A name as it is written, spelling folded: the first search term of whoever has both names. */
export const writtenName = ({
  familyName,
  givenName,
}: Pick<SearchableCustomer, 'familyName' | 'givenName'>): string | null =>
  familyName && givenName ? foldSpelling(familyName + givenName) : null;

/** Whole name first (its prefixes find the family name), then the given name alone. */
function nameTerms(family?: string | null, given?: string | null): string[] {
  return [foldSpelling(`${family ?? ''}${given ?? ''}`), foldSpelling(given ?? '')];
}

function readingTerms(customer: Partial<SearchableCustomer>): string[] {
  const family = customer.familyNameKana ?? '';
  const given = customer.givenNameKana ?? '';
  return [
    ...nameTerms(family, given),
    romajiOfKana(family) + romajiOfKana(given),
    romajiOfKana(given),
  ];
}

/** A name in Latin letters is found by its romanisation like a Japanese one. */
function latinNameTerms({ familyName, givenName }: Partial<SearchableCustomer>): string[] {
  const latin = [familyName, givenName].filter((part) => part && isLatin(part)).map(String);
  return [latin.map(foldRomaji).join(''), ...latin.map(foldRomaji)];
}

/** An address is begun with the prefecture or, more often, with the town. */
function addressTerms({ prefecture, city, street }: Partial<SearchableCustomer>): string[] {
  const town = foldSpelling(normalizeAddressLine(`${city ?? ''}${street ?? ''}`));
  return town === '' ? [] : [foldSpelling(prefecture ?? '') + town, town];
}

/** The keys written for a customer; each is found by any of its prefixes. */
export function searchTerms(customer: Partial<SearchableCustomer>): string[] {
  const digits = customer.phone ? dialledDigits(customer.phone) : '';
  const company = customer.company ? foldSpelling(customer.company) : '';
  const terms = [
    ...nameTerms(customer.familyName, customer.givenName),
    ...readingTerms(customer),
    ...latinNameTerms(customer),
    customer.email ?? '',
    digits,
    digits && reversed(digits),
    customer.customerNumber ? foldSpelling(customer.customerNumber) : '',
    company,
    withoutCompanyForm(company),
    ...addressTerms(customer),
  ];
  const short = terms.map((term) =>
    term.length <= MAX_TERM ? term : [...term].slice(0, MAX_TERM).join(''),
  );
  return [...new Set(short)].filter((term) => term !== '');
}

/** All terms of a customer in one text, a line each, as SQLite stores them. */
export const termLines = (customer: Partial<SearchableCustomer>): string =>
  searchTerms(customer)
    .map((term) => `\n${term}`)
    .join('');

/** The terms of such a text. */
export const termsOfLines = (lines: string): string[] =>
  lines === '' ? [] : lines.slice(1).split('\n');

const isLatin = (text: string): boolean => /^[\p{Script=Latin}\p{M}'\-.\s]+$/u.test(text);

/** The prefixes one word may mean; a customer matches the word when any of them fits. */
function prefixesOf(word: string): string[] {
  const forms = [foldSpelling(word), foldSpelling(normalizeAddressLine(word))];
  if (isLatin(word)) forms.push(foldRomaji(word));
  return [...new Set(forms)].filter((form) => form !== '');
}

function phonePrefixes(text: string): string[] {
  const typed = normalizeHyphens(text).replace(/[^\d+]/g, '');
  const digits = typed.replace(/^\+?81(?=[1-9])/, '0').replace(/\D/g, '');
  const whole = normalizePhone(text);
  return [...new Set([digits, reversed(digits), ...(whole ? [dialledDigits(whole)] : [])])];
}

/** Groups of prefixes: a customer is found when every group has a key that begins with one. */
export function searchPrefixes(text: string): string[][] {
  const query = text.normalize('NFKC').trim();
  if (/^[\d\s()+.\-\u2010-\u2015\u2212\u30fc]{3,}$/.test(query) && /\d/.test(query)) {
    return [[...new Set([...phonePrefixes(query), foldSpelling(query)])]];
  }
  return query
    .split(/\s+/)
    .slice(0, MAX_WORDS)
    .map(prefixesOf)
    .filter((prefixes) => prefixes.length > 0);
}

/** What name lists are sorted by: the reading, else the name, else the number. Never null. */
export function sortName(customer: SearchableCustomer): string {
  const reading = `${customer.familyNameKana ?? ''} ${customer.givenNameKana ?? ''}`.trim();
  const name = `${customer.familyName ?? ''} ${customer.givenName ?? ''}`.trim();
  const key = reading || toKatakana(name) || customer.company || customer.customerNumber || '';
  return key.length <= MAX_SORT_NAME ? key : [...key].slice(0, MAX_SORT_NAME).join('');
}
