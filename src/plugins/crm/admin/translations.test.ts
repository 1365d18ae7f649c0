import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';

const features = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) => readdirSync(path.join(__dirname, name)).includes('translations'));

function texts(feature: string, locale: string): Record<string, string> {
  return JSON.parse(
    readFileSync(path.join(__dirname, feature, 'translations', `${locale}.json`), 'utf8'),
  );
}

/** What stands before a noun that has a plural. */
const COUNTS = [
  'count',
  'total',
  'rows',
  'members',
  'changed',
  'days',
  'hours',
  'minutes',
  'parts',
  'length',
  'times',
  'most',
];

const placeholders = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/\{(\w+)/g)].map((found) => found[1] ?? '').sort();

describe.each(features)('texts of %s', (feature) => {
  const ja = texts(feature, 'ja');
  const en = texts(feature, 'en');

  it('exist in both languages, none empty', () => {
    expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
    expect(Object.values({ ...ja, ...en }).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('start with the name of the feature', () => {
    const strangers = Object.keys(ja).filter((key) => !key.startsWith(`${feature}.`));
    expect(strangers.filter((key) => !key.startsWith('timeline.'))).toEqual([]);
  });

  it('use the same values', () => {
    for (const key of Object.keys(ja)) {
      // English may name a number twice (plurals); Japanese never uses one that English lacks.
      expect(new Set(placeholders(en[key])), key).toEqual(
        new Set([...placeholders(ja[key]), ...placeholders(en[key])]),
      );
    }
  });

  it('speak of one person, not of one people', () => {
    const intl = createIntl({ locale: 'en', messages: en });
    const one = Object.fromEntries(COUNTS.map((name) => [name, '1']));
    const others = Object.values(en)
      .flatMap(placeholders)
      .map((name) => [name, 'X']);
    const values = { ...Object.fromEntries(others), ...one };
    const said = Object.keys(en).map((id) => intl.formatMessage({ id }, values));
    expect(said.filter((text) => /\b1 (people|(?!is\b)[a-z]+s)\b/.test(text))).toEqual([]);
  });

  it('write Japanese with full-width parentheses', () => {
    const japanese = /[\u3040-\u9FFF]/;
    expect(Object.values(ja).filter((text) => japanese.test(text) && text.includes('('))).toEqual(
      [],
    );
  });

  it('contain no half-width kana', () => {
    expect(Object.values(ja).filter((text) => /[\uFF61-\uFF9F]/.test(text))).toEqual([]);
  });
});
