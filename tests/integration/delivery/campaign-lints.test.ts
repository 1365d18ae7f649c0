import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  createArticle,
  createPeople,
  paragraph,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { kernel } from '../../support/crm';
import { uploads } from '../../support/uploads';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(() => lab.clear());

describe('what is wrong with a message', () => {
  const issuesOf = async (id: string) => {
    const look = await lab.admin.get(`/crm/campaigns/${id}/preview`);
    const { issues } = (look.body as { data: { issues: { key: string; severity: string }[] } })
      .data;
    return issues.map(({ key, severity }) => [key, severity]);
  };
  const send = async (id: string) =>
    ((await lab.admin.post(`/crm/campaigns/${id}/send`)).body as { error?: { code: string } }).error
      ?.code;

  it('stops it before anybody gets it: unknown merge fields, broken links, gated words', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const gold = { type: 'tiers', keys: ['gold'] };
    const article = await createArticle(lab.app, {
      blocks: [
        paragraph('{{ customer.familyNam }}様'),
        paragraph('先行予約の合言葉はたぬきです', gold),
        { __component: 'blocks.button', label: '見る', url: 'https://shop' },
      ],
    });
    const id = await lab.createCampaign({ subject: '先行予約の合言葉はたぬきです' }, article);
    const errors = (await issuesOf(id)).filter(([, severity]) => severity === 'error');
    expect(errors.map(([key]) => key)).toEqual([
      'delivery.lint.merge-unknown',
      'delivery.lint.broken-link',
      'delivery.lint.gated-text',
    ]);
    expect(await send(id)).toBe('delivery.content-problems');
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
  });

  it('finds links to pages of our own that no reader would find, and asks nobody else', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const documents = lab.app.strapi.documents('api::article.article' as never);
    const draft = { title: '準備中', slug: 'in-preparation' };
    await documents.create({ locale: 'ja', data: draft } as never);
    const to = (...urls: string[]) =>
      createArticle(lab.app, {
        blocks: urls.map((url) => ({ __component: 'blocks.button', label: '見る', url })),
      });
    const found = async (...urls: string[]) => {
      const id = await lab.createCampaign({}, await to(...urls));
      const issues = (await issuesOf(id)).filter(([key]) => key?.startsWith('delivery.lint.page'));
      return { id, issues: issues.map(([key, severity]) => `${severity} ${key?.slice(14)}`) };
    };

    const served = [
      ['/', '/en', '/products', '/articles?utm_source=mail', '/feed.xml', '/m/me', '/newsletters'],
      ['/products/winter', '/articles/jazz', `${lab.app.origin}/Articles/jazz/#top`],
      ['/assets/site.js', 'https://elsewhere.example/articles/none', 'mailto:shop@example.jp'],
    ];
    expect((await found(...served.flat())).issues).toEqual([]);
    const missing = await found('/articles/no-such', '/en/articles/jazz', '/products/%E3%81%AA');
    expect(missing.issues).toEqual(Array(3).fill('error page-missing'));
    expect(await send(missing.id)).toBe('delivery.content-problems');
    const unpublished = await found('/articles/in-preparation', '/artciles/jazz', '/../.env');
    expect(unpublished.issues).toEqual([
      'warning page-unpublished',
      'warning page-unknown',
      'warning page-unknown',
    ]);
    expect(await send(unpublished.id)).toBeUndefined();
  });

  it('finds files that the media library has no more, linked or shown', async () => {
    const files = await uploads(lab.app);
    const kept = await files.add('map.txt', 'text/plain', Buffer.from('縁'));
    const file = {
      ...{ name: 'a', alternativeText: 'a', hash: 'a', ext: '.jpg', mime: 'image/jpeg', size: 1 },
      ...{
        width: 1,
        height: 1,
        provider: 'local',
        createdAt: '2026-11-01',
        updatedAt: '2026-11-01',
      },
    };
    const publicUrl = new URL(kernel().crmConfig(lab.app.strapi).publicUrl).origin;
    const words = [{ type: 'text', text: '' }];
    const picture = (url: string) => ({
      __component: 'blocks.rich-text',
      body: [{ type: 'image', image: { ...file, url: publicUrl + url }, children: words }],
    });
    const link = (url: string) => ({ __component: 'blocks.button', label: '見る', url });
    const found = async (...blocks: object[]) => {
      const id = await lab.createCampaign({}, await createArticle(lab.app, { blocks }));
      const issues = (await issuesOf(id)).filter(([key]) => key?.endsWith('file-gone'));
      return { issues: issues.map(([, severity]) => severity), sent: await send(id) };
    };
    const both = [picture(kept.url), link(kept.url)];
    expect(await found(...both)).toEqual({ issues: [], sent: undefined });
    await files.remove();
    const refused = { issues: ['error'], sent: 'delivery.content-problems' };
    expect(await found(link(kept.url))).toEqual(refused);
    expect(await found(picture(kept.url))).toEqual(refused);
  });

  it('says before it is scheduled that a text takes more than a text may', async () => {
    const doubled = `{% assign a = 'xxxxxxxxxx' %}${'{% assign a = a | append: a %}'.repeat(60)}`;
    const article = await createArticle(lab.app, { blocks: [paragraph(`${doubled}{{ a }}`)] });
    const id = await lab.createCampaign({}, article);
    expect(await issuesOf(id)).toContainEqual(['delivery.lint.merge-heavy', 'error']);
    expect(await send(id)).toBe('delivery.content-problems');
  });

  it('reads names as they will be filled: however written, and whatever stands in for them', async () => {
    const article = await createArticle(lab.app, {
      blocks: [
        paragraph('{{ name }}様、{{ custmer.familyName }}様、{{ customer["familyNam"] }}様'),
        paragraph('{{ customer.custom.typo }}{{ customer["givenName"] }}{{ customer.tags.size }}'),
        paragraph('{% assign who = customer.familyName %}{{ who }}様'),
        paragraph('{{ customer.familyNama | default: "お客" }}様'),
      ],
    });
    const id = await lab.createCampaign({}, article);
    const look = await lab.admin.get(`/crm/campaigns/${id}/preview`);
    const { issues } = (
      look.body as { data: { issues: { key: string; params: { field?: string } }[] } }
    ).data;
    const named = issues
      .filter(({ key }) => key.startsWith('delivery.lint.merge'))
      .map(({ key, params }) => `${key.slice(20)} ${params.field}`);
    expect(named).toEqual([
      'unknown name',
      'unknown custmer.familyName',
      'unknown customer.familyNam',
      'unknown customer.custom.typo',
      'default customer.familyNama',
    ]);
    expect(await send(id)).toBe('delivery.content-problems');
  });

  it('says what looks like spam, and lets it go', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const id = await lab.createCampaign({ subject: '全品半額！！' });
    expect(await issuesOf(id)).toContainEqual(['delivery.lint.spam-marks', 'warning']);
    expect(await send(id)).toBeUndefined();
  });

  it('stops a mail without a subject or with one that no header takes', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    // Empty only when it is filled in: the form itself asks for one.
    const empty = await lab.createCampaign({ subject: '{% if false %}件名{% endif %}' });
    expect(await issuesOf(empty)).toContainEqual(['delivery.lint.subject-missing', 'error']);
    const long = await lab.createCampaign({ subject: '縁'.repeat(151) });
    expect(await issuesOf(long)).toContainEqual(['delivery.lint.subject-too-long', 'error']);
    for (const id of [empty, long]) expect(await send(id)).toBe('delivery.content-problems');
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
  });

  it('says of a subject and of a mail that much of it is cut off, and lets them go', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const sized = async (subject: string, words: number) => {
      const article = await createArticle(lab.app, { blocks: [paragraph('縁'.repeat(words))] });
      const id = await lab.createCampaign({ subject }, article);
      return { id, issues: await issuesOf(id) };
    };
    // Counted as people count: a surrogate pair is one character.
    const small = await sized('𠮷'.repeat(40), 20_000);
    expect(small.issues).toEqual([]);
    const large = await sized('𠮷'.repeat(41), 34_000);
    expect(large.issues).toContainEqual(['delivery.lint.subject-long', 'warning']);
    expect(large.issues).toContainEqual(['delivery.lint.html-large', 'warning']);
    expect(await send(large.id)).toBeUndefined();
  });
});
