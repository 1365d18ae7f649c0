import { expect, test } from 'vitest';

import { organisationFor } from './organisation';

const japanese = {
  name: '縁レコード株式会社',
  postalAddress: '〒150-0001 東京都渋谷区神宮前1-2-3',
  contact: 'support@example.jp',
};

test('an English reader is shown what is written in English, and the rest as it stands', () => {
  const configured = { ...japanese, english: { name: 'Enishi Records K.K.' } };
  expect(organisationFor(configured, 'en')).toEqual({ ...japanese, name: 'Enishi Records K.K.' });
  expect(organisationFor(configured, 'ja')).toEqual(japanese);
  expect(organisationFor(japanese, 'en')).toEqual(japanese);
});
