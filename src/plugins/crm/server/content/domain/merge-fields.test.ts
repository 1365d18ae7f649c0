import { describe, expect, it } from 'vitest';

import { hasMergeFields, parseMergeFields, withoutMergeFields } from './merge-fields';

const render = (source: string, scope: object = {}): string => {
  const parsed = parseMergeFields(source);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.template.render({ ...scope });
};

describe('merge fields', () => {
  it('puts in a value, or what the editor says for a missing one', () => {
    const source = '{{ customer.familyName | default: "お客" }}さま';
    expect(render(source, { customer: { familyName: '佐藤' } })).toBe('佐藤さま');
    expect(render(source, { customer: {} })).toBe('お客さま');
    expect(render(source, { customer: { familyName: '' } })).toBe('お客さま');
  });

  it('chooses words by a condition', () => {
    const source = '{% if customer.tier == "platinum" %}送料無料{% else %}送料520円{% endif %}';
    expect(render(source, { customer: { tier: 'platinum' } })).toBe('送料無料');
    expect(render(source, { customer: { tier: 'silver' } })).toBe('送料520円');
  });

  it.each([
    ['a loop', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['a table loop', '{% tablerow i in (1..1000000) %}x{% endtablerow %}'],
    ['an include', '{% include "/etc/passwd" %}'],
    ['a render', '{% render "layout" %}'],
    ['a layout', '{% layout "layout" %}'],
    ['an unknown filter', '{{ "a" | base64_decode }}'],
    ['an expression filter', '{{ customer | where_exp: "i", "true" }}'],
    ['an unclosed field', '{{ customer.familyName'],
    ['a template of a megabyte', `{{ "${'x'.repeat(1_000_000)}" }}`],
  ])('refuses %s', (_, source) => {
    expect(parseMergeFields(source)).toMatchObject({ ok: false });
  });

  it.each([
    ['{{ customer.constructor.name }}'],
    ['{{ customer.__proto__.polluted }}'],
    ['{{ constructor.constructor }}'],
    ['{{ process.env.CRM_SECRET }}'],
  ])('finds nothing behind the scope: %s', (source) => {
    expect(render(source, { customer: { familyName: '佐藤' } })).toBe('');
  });

  it('stops a text that doubles itself, and yields nothing', () => {
    const doubling = '{% assign a = a | append: a %}'.repeat(40);
    const started = performance.now();
    expect(render(`{% assign a = "0123456789" %}${doubling}{{ a }}`)).toBe('');
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('never reads a value as a template again', () => {
    const evil = '{{ customer.email }}{% for i in (1..9) %}x{% endfor %}';
    expect(render('{{ customer.familyName }}', { customer: { familyName: evil } })).toBe(evil);
  });

  it('leaves ordinary text alone', () => {
    expect(hasMergeFields('100% の綿 { } %')).toBe(false);
    expect(withoutMergeFields('{{ broken さま')).toBe('');
    expect(withoutMergeFields('前 {% bad %} 後')).toBe('前  後');
  });
});

/** As long as a text may be, and as costly as its few words allow. */
const COSTLY: Readonly<Record<string, string>> = {
  'a text that doubles itself': `{% assign a = 'xxxxxxxxxx' %}${'{% assign a = a | append: a %}'.repeat(600)}{{ a }}`,
  'one that multiplies itself': `{% assign a = 'x' %}${"{% assign a = a | replace: 'x', 'xxxxxxxxxxxxxxxx' %}".repeat(350)}{{ a }}`,
  'hundreds of values': '{{ customer.familyName }}'.repeat(790),
  'conditions within conditions': `${'{% if true %}'.repeat(700)}x${'{% endif %}'.repeat(700)}`,
  'filters upon filters': `{{ customer.familyName${" | replace: '佐', '佐佐'".repeat(800)} }}`,
  'an endless condition': `{% if ${'true and '.repeat(2_100)} true %}x{% endif %}`,
  'an endless choice': `{% case customer.n %}${'{% when 1 %}x'.repeat(1_400)}{% endcase %}`,
};

describe('a text made to cost as much as it can', () => {
  const scope = { customer: { familyName: '佐藤'.repeat(20), n: 9 } };

  it.each(Object.entries(COSTLY))('is drawn within 50 ms or not at all: %s', (_, source) => {
    expect(source.length).toBeLessThan(20_000);
    const parsed = parseMergeFields(source);
    if (!parsed.ok) throw new Error(parsed.message);
    // Of the processor's time, and the best of some: whatever else the machine does counts for nothing.
    const times = Array.from({ length: 8 }, () => {
      const before = process.cpuUsage();
      expect(parsed.template.render(scope).length).toBeLessThanOrEqual(20_000);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('tells its author before it is sent, and nobody else', () => {
    const isTooHeavy = (source: string) => {
      const parsed = parseMergeFields(source);
      return parsed.ok && parsed.template.isTooHeavy(scope);
    };
    expect(isTooHeavy(COSTLY['a text that doubles itself'] ?? '')).toBe(true);
    expect(isTooHeavy(COSTLY['one that multiplies itself'] ?? '')).toBe(true);
    expect(isTooHeavy('{{ customer.familyName }}様、{{ customer.n | divided_by: 0 }}')).toBe(false);
  });

  it.each([
    ['a megabyte', '{{ a }}'.repeat(150_000)],
    ['thousands of open tags', '{% if '.repeat(3_000)],
    ['thousands of open braces', '{{'.repeat(9_000)],
  ])('is refused before anybody gets it: %s', (_, source) => {
    expect(parseMergeFields(source).ok).toBe(false);
  });
});
