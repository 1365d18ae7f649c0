import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { startMailbox, type Mailbox } from './index';

const listSchema = z.array(
  z.object({ id: z.string(), subject: z.string(), rcptTo: z.array(z.string()) }),
);
const messageSchema = z.object({
  html: z.string(),
  text: z.string(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })),
});

let directory: string;
let mailbox: Mailbox;

async function send(overrides: Record<string, unknown> = {}): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: mailbox.smtpPort });
  await transport.sendMail({
    from: '縁レコード <shop@example.jp>',
    to: 'hanako@example.jp',
    subject: '【縁レコード】ご登録ありがとうございます',
    text: '花子さん\nこちらへ http://127.0.0.1/confirm?a=1&b=2',
    html: '<p>花子さん</p><script>alert(1)</script>',
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    ...overrides,
  });
  transport.close();
}

const list = async (search = '') =>
  listSchema.parse(await (await fetch(`${mailbox.url}/api/messages${search}`)).json());

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'enishi-mailbox-'));
  mailbox = await startMailbox({ directory, smtpPort: 0, webPort: 0 });
});

afterEach(async () => {
  await mailbox.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('the mailbox', () => {
  it('takes a Japanese mail over SMTP and gives back every part of it', async () => {
    await send();
    const [mail] = await list();
    expect(mail).toMatchObject({
      subject: '【縁レコード】ご登録ありがとうございます',
      rcptTo: ['hanako@example.jp'],
    });
    const message = messageSchema.parse(
      await (await fetch(`${mailbox.url}/api/messages/${mail?.id}`)).json(),
    );
    expect(message.text).toContain('花子さん');
    expect(message.html).toContain('<p>花子さん</p>');
    expect(message.headers).toContainEqual(
      expect.objectContaining({
        key: 'list-unsubscribe-post',
        value: 'List-Unsubscribe=One-Click',
      }),
    );
    const raw = await (await fetch(`${mailbox.url}/api/messages/${mail?.id}/raw`)).text();
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('lists newest first and finds by recipient and by text', async () => {
    await send({ subject: '一通目' });
    await send({ subject: '二通目', to: 'jiro@example.jp' });
    expect((await list()).map((mail) => mail.subject)).toEqual(['二通目', '一通目']);
    expect((await list('?to=HANAKO@example.jp')).map((mail) => mail.subject)).toEqual(['一通目']);
    expect((await list(`?q=${encodeURIComponent('二通')}`)).map((mail) => mail.subject)).toEqual([
      '二通目',
    ]);
  });

  it('keeps its mail when it is started again', async () => {
    await send({ subject: '残るもの' });
    await mailbox.stop();
    mailbox = await startMailbox({ directory, smtpPort: 0, webPort: 0 });
    const [mail] = await list();
    expect(mail?.subject).toBe('残るもの');
    expect((await fetch(`${mailbox.url}/api/messages/${mail?.id}`)).status).toBe(200);
  });

  it('shows text with links, and never runs what a mail brings', async () => {
    await send({ subject: '<img src=x onerror=alert(1)>' });
    const [mail] = await list();
    const page = await (await fetch(`${mailbox.url}/messages/${mail?.id}?view=text`)).text();
    expect(page).toContain('href="http://127.0.0.1/confirm?a=1&amp;b=2"');
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toContain('<img');
    const frame = await fetch(`${mailbox.url}/messages/${mail?.id}/html`);
    expect(frame.headers.get('content-security-policy')).toContain("script-src 'none'");
  });

  it('deletes for its own page and refuses other sites', async () => {
    await send();
    const foreign = await fetch(`${mailbox.url}/delete`, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect(await list()).toHaveLength(1);
    await fetch(`${mailbox.url}/api/messages`, { method: 'DELETE' });
    expect(await list()).toHaveLength(0);
  });

  it('answers in English to those who ask for it', async () => {
    const page = await fetch(mailbox.url, { headers: { 'accept-language': 'en-GB,en;q=0.9' } });
    expect(await page.text()).toContain('No mail yet.');
    expect(await (await fetch(mailbox.url)).text()).toContain('メールはまだありません。');
  });

  it('knows no mail by a made-up id', async () => {
    expect((await fetch(`${mailbox.url}/messages/../../etc/passwd`)).status).toBe(404);
    expect((await fetch(`${mailbox.url}/messages/${'0'.repeat(26)}`)).status).toBe(404);
  });
});
