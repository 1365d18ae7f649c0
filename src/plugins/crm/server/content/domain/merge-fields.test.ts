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
