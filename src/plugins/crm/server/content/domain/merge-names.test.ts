import { describe, expect, it } from 'vitest';

import { mergeNames } from './merge-names';

const namesIn = (source: string) =>
  mergeNames(source).map(({ path, hasDefault }) => `${path.join('.')}${hasDefault ? '?' : ''}`);

describe('the names in a text', () => {
  it('are found in every way of writing them', () => {
    const cases: [string, string[]][] = [
      ['{{ name }}', ['name']],
      ['{{ customer["familyName"] }}', ['customer.familyName']],
      ['{{ customer.custom["好み"].size }}', ['customer.custom.好み.size']],
      ['{{ customer.tags[0] }}', ['customer.tags.0']],
      ['{{ "x" | append: customer.foo }}', ['customer.foo']],
      ['{% if customer.rank == "1" %}{{ b }}{% endif %}', ['customer.rank', 'b']],
      ['{% case customer.tier %}{% when gold %}x{% endcase %}', ['customer.tier', 'gold']],
      ['{% echo customer.q %}', ['customer.q']],
      ['{{ customer[name] }}', ['customer.', 'name']],
    ];
    for (const [source, names] of cases) expect([source, namesIn(source)]).toEqual([source, names]);
  });

  it('are not those that it gives itself, nor what is only shown', () => {
    expect(namesIn('{% assign a = customer.rank %}{{ a }}')).toEqual(['customer.rank']);
    expect(namesIn('{% raw %}{{ customer.nope }}{% endraw %}')).toEqual([]);
  });

  it('know which of them has something to stand in for it', () => {
    expect(
      namesIn('{{ a }}様\n{{ b | default: "お客" }}様\n\n{{ b }} {{ c.d|default:e }}'),
    ).toEqual(['a', 'b?', 'b', 'c.d?', 'e?']);
  });

  it('are none in what cannot be read', () => {
    expect(mergeNames('{{ customer. }} {% for x in y %}')).toEqual([]);
  });
});
