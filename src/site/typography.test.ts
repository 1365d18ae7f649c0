import { describe, expect, it } from 'vitest';

import { phrases } from './typography';

describe('phrases', () => {
  it.each([
    ['この先は、会員の方にお読みいただけます。', 'この|先は、|会員の方に|お読みいただけます。'],
    ['プラチナ会員の方へ', 'プラチナ会員の方へ'],
    ['対象の会員の方だけのページです', '対象の|会員の方だけの|ページです'],
  ])('keeps the word for a person with who it is: %s', (text, broken) => {
    expect(phrases(text)).toBe(broken.replaceAll('|', '<wbr>'));
  });

  it('breaks inside no tag, entity or mark', () => {
    const html =
      '<b title="会員の方に">会員の方に&amp;お読みいただけます</b>\uE000会員の方に\uE001';
    const made = phrases(html);
    expect(made.replaceAll('<wbr>', '')).toBe(html);
    expect(made).toContain('<b title="会員の方に">');
    expect(made).toContain('\uE000会員の方に\uE001');
    expect(made).toContain('&amp;');
  });
});
