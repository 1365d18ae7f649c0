import { describe, expect, it } from 'vitest';

import type { BlockData } from '../../shared/content';
import type { Entity, GatedEntry, Viewer } from '../access';
import { joinFramed } from '../kernel/framed-text';
import { compileEntry, type CompileInput } from './compile';
import { jsonBytes } from './domain/line-limits';
import type { CompiledEntry, CompileOptions, Recipient } from './index';
import { layOutMjml } from './mjml-layout';
import { createRendererRegistry } from './renderers/registry';

const theme = {
  siteName: '縁レコード',
  accent: '#c8311e',
  onAccent: '#ffffff',
  ink: '#17171a',
  quiet: '#66625c',
  paper: '#ffffff',
};

const attributes = {
  heading: { type: 'string' },
  text: { type: 'text' },
  buttonLabel: { type: 'string' },
  buttonUrl: { type: 'string' },
  secret: { type: 'string', private: true },
  audience: { type: 'json', customField: 'plugin::crm.audience' },
};

const visitor: Viewer = { kind: 'visitor', plans: [], segments: new Set(), context: {} };
const platinum: Viewer = { ...visitor, kind: 'member', tier: 'platinum' };

/** Stands for the gate: a block with `only` is for that tier. */
function gate(document: Entity, viewer: Viewer): GatedEntry {
  const blocks = (document.blocks as (BlockData & { only?: string })[]).filter(
    (block) => !block.only || block.only === viewer.tier,
  );
  return { decision: { allow: true }, document: { ...document, blocks }, files: new Map() };
}

async function compile(
  blocks: readonly object[],
  options: CompileOptions = {},
  more: Partial<CompileInput> = {},
): Promise<CompiledEntry> {
  const document = {
    id: 1,
    documentId: 'd1',
    title: '秋の便り',
    blocks: blocks.map((block, id) => ({ __component: 'demo.card', id, ...block })),
  };
  return compileEntry({
    source: { uid: 'api::a.a', documentId: 'd1', locale: 'ja' },
    document,
    shared: document,
    unsigned: document,
    tags: [],
    layout: { zones: ['blocks'], reuseOf: () => undefined },
    withHead: false,
    locale: 'ja',
    options,
    renderersOf: createRendererRegistry(() => attributes).of,
    around: {
      locale: 'ja',
      theme,
      origin: 'https://shop.example',
      sizedPicture: (url) => `https://shop.example/m/pictures/${url}`,
    },
    shell: {
      locale: 'ja',
      theme,
      siteUrl: 'https://shop.example/',
      webUrl: null,
      organisation: { name: '縁レコード株式会社', postalAddress: '東京都渋谷区神宮前1-2-3' },
      texts: {
        web: 'web',
        why: '同意',
        unsubscribe: '停止',
        preferences: '設定',
        contact: '連絡先',
      },
    },
    layOut: layOutMjml,
    preferencesUrl: 'https://shop.example/m/me',
    unknownBlock: 'なし',
    scopeOf: ({ customer }) => ({ customer }),
    gate,
    ...more,
  });
}

const to = (customer: object, more: Partial<Recipient> = {}): Recipient => ({
  viewer: visitor,
  now: new Date(0),
  customer: { ...customer },
  unsubscribeUrl: 'https://shop.example/u/1?a=1&b=2',
  ...more,
});

function sent<T extends object>(rendered: T): Exclude<T, { withheld: string }> {
  if ('withheld' in rendered) throw new Error('withheld');
  return rendered as Exclude<T, { withheld: string }>;
}

const greeting = { heading: '{{ customer.familyName | default: "お客" }}さま', text: '秋です。' };

describe('a compiled entry', () => {
  it('gives a mail in pieces: one frame for all who see the same blocks, and each person her fills', async () => {
    const entry = await compile([greeting, { text: '会員の方へ', only: 'platinum' }]);
    const mailTo = (customer: object, more?: Partial<Recipient>) =>
      sent(entry.mail(to(customer, more)));
    const [sato, ito] = [mailTo({ familyName: '佐藤' }), mailTo({ familyName: '<伊藤>' })];
    expect(ito.html.frame).toBe(sato.html.frame);
    expect(JSON.stringify(sato.html.frame)).not.toContain('佐藤');
    expect(sato.html.fills).toContain('佐藤さま');
    expect(joinFramed(ito.html)).toContain('&lt;伊藤&gt;さま');
    expect(joinFramed(ito.html)).toBe(sent(entry.email(to({ familyName: '<伊藤>' }))).html);
    const other = mailTo({ familyName: '佐藤' }, { viewer: platinum }).html;
    expect(other.frame).not.toBe(sato.html.frame);
    expect(joinFramed(other)).toContain('会員の方へ');
  });

  it('renders one person as mail, text and LINE', async () => {
    const entry = await compile([greeting], {
      subject: '{{ customer.familyName }}さまへ',
      preheader: '新着です',
    });
    const mail = sent(entry.email(to({ familyName: '佐藤' })));
    expect(mail.subject).toBe('佐藤さまへ');
    expect(mail.html).toContain('佐藤さま</div>');
    expect(mail.html).toContain('<title>佐藤さまへ</title>');
    expect(mail.html).toContain('新着です');
    expect(mail.text).toContain('■ 佐藤さま');
    const { messages } = sent(entry.line(to({ familyName: '佐藤' })));
    expect(messages[0]?.altText).toBe('佐藤さまへ');
    expect(JSON.stringify(messages)).toContain('"text":"佐藤さま"');
    expect(sent(entry.email(to({}))).html).toContain('お客さま</div>');
  });

  it('says who sends and how to stop it, in both parts', async () => {
    const mail = sent((await compile([greeting])).email(to({})));
    for (const words of ['縁レコード株式会社', '東京都渋谷区神宮前1-2-3', '停止', '連絡先']) {
      expect(mail.html).toContain(words);
      expect(mail.text).toContain(words);
    }
    expect(mail.html).toContain('href="https://shop.example/u/1?a=1&amp;b=2"');
    expect(mail.text).toContain('https://shop.example/u/1?a=1&b=2');
  });

  it('leaves no mark and no private attribute behind', async () => {
    const entry = await compile([
      { ...greeting, secret: '原価', buttonLabel: '見る', buttonUrl: '/a' },
    ]);
    const all = JSON.stringify([entry.email(to({})), entry.line(to({})), entry.text(to({}))]);
    expect(all).not.toMatch(/[\uE000\uE001]/);
    expect(all).not.toContain('原価');
  });

  it('gives each person the blocks the gate leaves', async () => {
    const entry = await compile([greeting, { heading: 'プラチナ限定', only: 'platinum' }]);
    expect(
      JSON.stringify([entry.email(to({})), entry.line(to({})), entry.text(to({}))]),
    ).not.toContain('プラチナ限定');
    const member = to({}, { viewer: platinum });
    expect(sent(entry.email(member)).html).toContain('プラチナ限定');
    expect(sent(entry.email(member)).text).toContain('プラチナ限定');
    expect(JSON.stringify(entry.line(member))).toContain('プラチナ限定');
  });

  it('puts the head of the entry in front, where its type has renderers', async () => {
    const registry = createRendererRegistry(() => attributes);
    registry.register('api::a.a', { text: (entry) => `題：${String(entry.title)}` });
    const entry = await compile([greeting], {}, { withHead: true, renderersOf: registry.of });
    expect(sent(entry.text(to({}))).text).toContain('題：秋の便り\n\n■ お客さま');
  });

  it('says so when nothing is left, or the entry is withheld', async () => {
    const none = await compile([{ heading: 'プラチナ限定', only: 'platinum' }]);
    expect(none.email(to({}))).toEqual({ withheld: 'no-blocks' });
    const withheld = await compile(
      [greeting],
      {},
      {
        gate: () => ({
          decision: { allow: false, withheld: true, reason: 'members', otherwise: 'teaser' },
          document: null,
          files: new Map(),
        }),
      },
    );
    expect(withheld.line(to({}))).toEqual({ withheld: 'members' });
  });

  it('escapes names for every channel', async () => {
    const evil = `<img src=x onerror=alert(1)>"'\\&\n`;
    const entry = await compile([greeting], { subject: '{{ customer.familyName }}' });
    const mail = sent(entry.email(to({ familyName: evil })));
    expect(mail.html).not.toContain('<img src=x');
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;\\&amp;<br>');
    expect(mail.subject).not.toMatch(/[\r\n]/);
    const line = sent(entry.line(to({ familyName: evil })));
    expect(JSON.stringify(line)).toContain(JSON.stringify(`${evil}さま`).slice(1, -1));
  });

  it('cannot be fooled by a typed mark', async () => {
    const entry = await compile([{ heading: '\uE000s2\uE001', text: '{{ customer.note }}' }]);
    const mail = sent(entry.email(to({ note: '\uE000m0\uE001' })));
    expect(mail.html.match(/shop\.example\/u\/1/g)).toHaveLength(1);
  });

  it('tracks links per person, and never links to code', async () => {
    const entry = await compile([
      { heading: 'a', buttonLabel: '見る', buttonUrl: '/products?a=1&b=2' },
      { heading: 'b', buttonLabel: '悪', buttonUrl: 'javascript:alert(1)' },
    ]);
    const forms = new Set(['email', 'line', 'text']);
    expect(entry.links).toEqual([
      { key: 'blocks.card.0.link', url: 'https://shop.example/products?a=1&b=2', forms },
      { key: 'blocks.card.1.link', url: 'https://shop.example/', forms },
    ]);
    const link = ({ key }: { key: string }) => `https://shop.example/r/${key}?x=1&y=2`;
    const mail = sent(entry.email(to({}, { link })));
    expect(mail.html).toContain('href="https://shop.example/r/blocks.card.0.link?x=1&amp;y=2"');
    expect(mail.text).toContain('https://shop.example/r/blocks.card.0.link?x=1&y=2');
    expect(JSON.stringify(entry.line(to({}, { link })))).toContain('r/blocks.card.0.link?x=1&y=2');
    expect(mail.html + mail.text).not.toContain('javascript:');
  });

  it('reports templates it cannot read, and unknown blocks', async () => {
    const entry = await compile(
      [{ heading: '{% for i in (1..9) %}x{% endfor %}', text: '残る' }],
      { subject: '{{ broken' },
      {
        source: {
          uid: 'api::a.a',
          documentId: 'd1',
          locale: 'ja',
          blockKeys: ['blocks.card.0', 'blocks.card.7'],
        },
      },
    );
    expect(entry.issues.map((issue) => issue.path)).toEqual([
      'blocks.card.7',
      'blocks.card.0.heading',
      'subject',
    ]);
    expect(sent(entry.email(to({}))).text).toContain('残る');
  });

  it('asks for the names in the wordings of the tags that it names, and of no other', async () => {
    const tag = (key: string, text: string, fallback: string) => ({
      ...{ key, fallback },
      variants: [{ audience: null, text }],
    });
    const entry = await compile(
      [{ heading: '{{ tag.hello }}', text: '本文' }],
      {},
      {
        tags: [
          tag(
            'hello',
            '{{ customer.nickname }}さん',
            '{{ customer.familyName | default: "お客" }}様',
          ),
          tag('other', '{{ customer.nothing }}', '{{ broken'),
        ],
      },
    );
    expect(entry.mergeNames()).toEqual([
      { path: ['tag', 'hello'], hasDefault: false },
      { path: ['customer', 'nickname'], hasDefault: false },
      { path: ['customer', 'familyName'], hasDefault: true },
    ]);
  });

  it('stays within LINE’s limits when a person’s words are long', async () => {
    const entry = await compile([greeting], { lineAltText: '{{ customer.familyName }}' });
    const { messages } = sent(entry.line(to({ familyName: '長'.repeat(19_000) })));
    const [message] = messages;
    expect(String(message?.altText).length).toBeLessThanOrEqual(1500);
    expect(jsonBytes(message?.contents)).toBeLessThanOrEqual(30_000);
  });

  it('puts an empty text where LINE refuses none', async () => {
    const entry = await compile([{ heading: '{{ customer.nothing }}', text: '本文' }]);
    expect(JSON.stringify(entry.line(to({})))).not.toContain('"text":""');
  });

  it('adds the open pixel only when there is one', async () => {
    const entry = await compile([greeting]);
    const url = 'https://shop.example/o/1';
    expect(sent(entry.email(to({}, { openPixelUrl: url }))).html).toContain(`<img src="${url}"`);
    expect(sent(entry.email(to({}))).html).not.toContain('<img');
  });
});
