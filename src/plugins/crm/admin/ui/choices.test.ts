import { expect, it } from 'vitest';

import { choiceId, choicesOf } from './choices';

it('knows the words of our enumerations and leaves those of others alone', () => {
  const pluginOptions = { i18n: { localized: false }, crm: { choices: 'tap.action' } };
  expect(choicesOf({ type: 'enumeration', enum: ['uri'], pluginOptions })).toBe('tap.action');
  expect(choiceId('tap.action', 'uri')).toBe('crm.choices.tap.action.uri');
  for (const other of [
    { type: 'enumeration', enum: ['uri'] },
    { type: 'enumeration', pluginOptions: { i18n: { localized: true } } },
    { type: 'string', pluginOptions },
    undefined,
  ]) {
    expect(choicesOf(other)).toBeNull();
  }
});
