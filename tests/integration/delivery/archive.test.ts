/** Newsletters on the web: the gate of the pages, whoever has the address. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  campaignInput,
  createArticle,
  createPeople,
  paragraph,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { campaignSteps, dataOf } from '../../support/campaign-steps';
import { compiled } from '../../support/crm';
import { registerMember } from '../../support/member';

type Content = typeof import('../../../src/plugins/crm/server/content');
const contentModule = () => compiled<Content>('content');

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  for (const table of ['crm_topics', 'crm_sending_rules', 'crm_rate_limits'])
    await lab.db()(table).delete();
});
const { clock, send, tick } = campaignSteps(() => lab);

const SECRET = '会員だけの先行予約';
const blocks = [
  paragraph('{{ customer.familyName }}様、冬の入荷です。'),
  paragraph(SECRET, { type: 'members' }),
];
const ARCHIVED = { web: 'archive' };
const someone = () =>
  createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${lab.app.origin}${path}`, { redirect: 'manual', headers });
const html = async (path: string) => (await get(path)).text();
const onWeb = (id: string, body: object) => lab.admin.put(`/crm/campaigns/${id}/web`, body);

interface PreviewBody {
  readonly data: {
    readonly channels: readonly [
      { readonly content: { readonly html: string; readonly text: string } },
    ];
  };
}

describe('a newsletter on the web', () => {
  it('is what the mail links to, without what a visitor may not read', async () => {
    await someone();
    const id = await send({}, await createArticle(lab.app, { blocks }));
    const mail = await lab.smtp.mails[0]?.parse();
    const address = /https?:\/\/[^"]+\/newsletters\/[a-z0-9]+/.exec(mail?.html ?? '')?.[0] ?? '';
    expect(mail?.text).toContain(address);
    expect(new URL(address).pathname).toBe(`/newsletters/${id}`);
    const answer = await get(`/newsletters/${id}`);
    const body = await answer.text();
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(body).toContain('冬の入荷です。');
    expect(body).not.toContain('佐藤');
    expect(body).not.toContain(SECRET);
    // Nor whose mail it was, nor a link or picture that counts as hers.
    expect(body).not.toMatch(/\/r\/|\/o\/|\/m\/unsubscribe/);
    expect(await html('/newsletters')).not.toContain(id);
  });

  it('is named in the preview and in a test, as in the mail itself, unless it stands nowhere', async () => {
    const source = await createArticle(lab.app, { blocks });
    const id = await lab.createCampaign({}, source);
    const address = `/newsletters/${id}`;
    const look = async (more: object = {}) => {
      const campaign = { ...campaignInput(source, 'segment'), ...more };
      const wish = { campaign, documentId: id };
      const preview = await lab.admin.post('/crm/campaigns/preview', wish);
      const [{ content }] = (preview.body as PreviewBody).data.channels;
      lab.smtp.clear();
      const to = { ...wish, channel: 'email', address: 'editor@example.jp' };
      expect((await lab.admin.post('/crm/campaigns/test-send', to)).status).toBe(200);
      await lab.drain();
      const mail = await lab.smtp.mails[0]?.parse();
      return [content.html, content.text, String(mail?.html), String(mail?.text)];
    };
    for (const words of await look()) expect(words).toContain(address);
    for (const words of await look({ web: 'none' })) expect(words).not.toContain('/newsletters/');
    const approver = await lab.admin.get(`/crm/campaigns/${id}/preview`);
    const [{ content }] = (approver.body as PreviewBody).data.channels;
    expect(content.html).toContain(address);
  });

  it('shows a member her blocks, and filled for her', async () => {
    await someone();
    const id = await send({}, await createArticle(lab.app, { blocks }));
    const { browser } = await registerMember(lab.app, lab.smtp, 'member@example.jp');
    const page = await browser.get(`/newsletters/${id}`);
    expect(page.text).toContain(SECRET);
    expect(await html(`/newsletters/${id}`)).not.toContain(SECRET);
  });

  it('tells a visitor nothing of one for members, in the list or behind its address', async () => {
    await someone();
    const access = { audience: { type: 'members' }, otherwise: 'teaser' };
    const title = '会員限定の福袋';
    const article = await createArticle(lab.app, { title, access, blocks: [paragraph(SECRET)] });
    const id = await lab.createCampaign({ ...ARCHIVED, subject: title }, article);
    await lab.db()('crm_campaigns').where({ document_id: id }).update({ status: 'sent' });
    const answer = await get(`/newsletters/${id}`);
    const body = await answer.text();
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([403, 'noindex']);
    for (const page of [body, await html('/newsletters')]) {
      expect(page).not.toContain(SECRET);
      expect(page).not.toContain(title);
    }
    expect(await html('/newsletters')).not.toContain(id);
    const { browser } = await registerMember(lab.app, lab.smtp, 'member2@example.jp');
    expect((await browser.get('/newsletters')).text).toContain(title);
    expect((await browser.get(`/newsletters/${id}`)).text).toContain(SECRET);
  });

  it('comes when something has gone out, and goes when somebody takes it down', async () => {
    await someone();
    const article = await createArticle(lab.app, { title: '号外', blocks });
    const id = await lab.createCampaign(ARCHIVED, article);
    expect((await get(`/newsletters/${id}`)).status).toBe(404);
    expect(await html('/newsletters')).not.toContain('号外');
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await tick();
    // Merge fields of the subject mean nobody here.
    expect(await html('/newsletters')).toContain('号外');
    expect(await html('/newsletters')).not.toContain('様へ');
    expect((await get(`/newsletters/${id}`)).headers.get('x-robots-tag')).toBeNull();
    await onWeb(id, { web: 'archive', webNoindex: true });
    expect((await get(`/newsletters/${id}`)).headers.get('x-robots-tag')).toBe('noindex');
    expect((await onWeb(id, { web: 'none', webNoindex: false })).status).toBe(200);
    expect((await get(`/newsletters/${id}`)).status).toBe(404);
    expect(await html('/newsletters')).not.toContain('号外');
    expect((await onWeb(id, { web: 'everywhere', webNoindex: false })).status).toBe(400);
    await onWeb(id, { web: 'archive', webNoindex: false });
    const documents = lab.app.strapi.documents('api::article.article' as never);
    await documents.unpublish({ documentId: article, locale: 'ja' } as never);
    expect((await get(`/newsletters/${id}`)).status).toBe(404);
  });

  it('is listed by topic, newest first, a page at a time', async () => {
    const made = await lab.admin.post('/crm/topics', { nameJa: '新着', nameEn: 'New' });
    const topic = Number(dataOf(made).id);
    const article = await createArticle(lab.app, { blocks });
    for (let number = 1; number <= 22; number += 1) {
      const subject = `第${number}号`;
      const more = { ...ARCHIVED, subject, topic: number <= 2 ? topic : null };
      const id = await lab.createCampaign(more, article);
      const startedAt = clock().now().getTime();
      await lab
        .db()('crm_campaigns')
        .where({ document_id: id })
        .update({ status: 'sent', started_at: startedAt });
    }
    const first = await html('/newsletters?lang=ja');
    expect(first.indexOf('第22号')).toBeGreaterThan(0);
    expect(first.indexOf('第22号')).toBeLessThan(first.indexOf('第3号'));
    expect(first).not.toContain('第2号');
    const [older = ''] = /\/newsletters\?[^"]*before=\d+/.exec(first) ?? [];
    const second = await html(older.replaceAll('&amp;', '&'));
    expect(second).toContain('第2号');
    expect(second).not.toContain('第3号');
    const ofTopic = await html(`/newsletters?lang=ja&topic=${topic}`);
    expect([ofTopic.includes('第2号'), ofTopic.includes('第3号')]).toEqual([true, false]);
    for (const nonsense of ['topic=x', 'topic=-1', 'before=1e99', 'before[]=1']) {
      expect((await get(`/newsletters?${nonsense}`)).status).toBe(200);
    }
    expect((await get("/newsletters/'%20or%201=1")).status).toBe(404);
    expect(await html('/newsletters?lang=en')).toContain('Past newsletters');
  });

  it('is laid out once for many readers, anew when its words change, and never one’s for another', async () => {
    await someone();
    const article = await createArticle(lab.app, { blocks });
    const id = await send({}, article);
    const { browser } = await registerMember(lab.app, lab.smtp, 'member3@example.jp');
    const content = contentModule().contentService(lab.app.strapi);
    const compile = vi.spyOn(content, 'compileEntry');
    const [hers, ...others] = await Promise.all([
      browser.get(`/newsletters/${id}`),
      ...Array.from({ length: 30 }, () => html(`/newsletters/${id}`)),
    ]);
    expect(compile).toHaveBeenCalledTimes(1);
    compile.mockRestore();
    expect(hers.text).toContain(SECRET);
    for (const page of others) {
      expect(page).toContain('冬の入荷です。');
      expect(page).not.toContain(SECRET);
    }
    const documents = lab.app.strapi.documents('api::article.article' as never);
    const data = { blocks: [paragraph('春の入荷です。')] };
    await documents.update({ documentId: article, locale: 'ja', data } as never);
    await documents.publish({ documentId: article, locale: 'ja' } as never);
    expect(await html(`/newsletters/${id}`)).toContain('春の入荷です。');
  });

  it('is asked for so often and no more', async () => {
    // In the middle of a window, so that no new one begins.
    clock().set(new Date('2031-12-01T10:10:20+09:00'));
    await lab.db()('crm_rate_limits').delete();
    const answers: number[] = [];
    for (let asked = 0; asked < 121; asked += 1) {
      answers.push((await get('/newsletters/none')).status);
    }
    expect(answers).toEqual([...Array<number>(120).fill(404), 429]);
    expect(await html('/newsletters/none?lang=en')).toContain('try again in');
  });
});
