import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { isOpen, occupyPort, startDemo, type Demo, type DemoSummary } from './demo-process';

const parent = path.resolve(__dirname, '..', '..', '.tmp', 'demo-tests');
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(path.join(parent, 'run-'));
const log = (name: string) => readFileSync(path.join(folder, 'logs', name), 'utf8');

const dashedSecrets = {
  channelId: '2000000001',
  channelSecret: '0123456789abcdef0123456789abcdef',
  channelToken: '-begins-with-a-dash',
  loginChannelId: '2000000002',
  loginChannelSecret: '-so-does-this-one',
};

const started: Demo[] = [];

function start(...args: string[]): Demo {
  const demo = startDemo(folder, args);
  started.push(demo);
  return demo;
}

const portsOf = (summary: DemoSummary) => [
  ...[summary.site, summary.mailbox, summary.line].map((url) => Number(new URL(url).port)),
  summary.smtpPort,
];

/** All servers let go of their ports; other processes do it, so it is asked again and again. */
async function untilClosed(summary: DemoSummary): Promise<void> {
  const open = async () => (await Promise.all(portsOf(summary).map(isOpen))).includes(true);
  await expect.poll(open, { timeout: 60_000 }).toBe(false);
}

async function adminToken(summary: DemoSummary): Promise<string> {
  const answer = await fetch(`${summary.site}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: summary.adminEmail, password: summary.adminPassword }),
  });
  const { data } = z.object({ data: z.object({ token: z.string() }) }).parse(await answer.json());
  return data.token;
}

async function customerTotal(summary: DemoSummary): Promise<number> {
  const answer = await fetch(`${summary.site}/crm/customers`, {
    headers: { authorization: `Bearer ${await adminToken(summary)}` },
  });
  const { page } = z.object({ page: z.object({ total: z.number() }) }).parse(await answer.json());
  return page.total;
}

afterAll(async () => {
  for (const demo of started) demo.process.kill('SIGTERM');
  await Promise.all(started.map((demo) => demo.exited));
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run demo', () => {
  let taken: number;
  let demo: Demo;
  let first: DemoSummary;
  let total: number;

  // Nothing below means anything when the first start fails, so it stands here. Secrets are random,
  // and one in 64 begins with a dash: none may be taken for an option.
  beforeAll(async () => {
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ line: dashedSecrets }));
    const occupied = await occupyPort();
    taken = occupied.port;
    demo = start('--ports-from', String(taken));
    first = await demo.ready();
    await occupied.release();
  });

  it('takes another port for one in use, and says so', () => {
    expect(Number(new URL(first.site).port)).toBeGreaterThan(taken);
    expect(demo.stderr()).toContain(`port ${taken} (site) is in use`);
    expect(demo.stderr()).not.toContain('(mailbox) is in use');
  });

  it('prints one JSON object with URLs that open', async () => {
    expect(demo.stdout().trim().split('\n')).toHaveLength(1);
    for (const url of [first.site, first.admin, first.mailbox, first.line]) {
      expect((await fetch(url)).status, url).toBe(200);
    }
  });

  // The list is counted on a worker thread: the site must outlive the thread.
  it('brought the customers in, and keeps its secrets to its owner', async () => {
    total = await customerTotal(first);
    expect(total).toBeGreaterThanOrEqual(2400);
    expect(statSync(path.join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
  });

  it('shows an editor what blocks and pages can do', async () => {
    const read = async (page: string) => (await fetch(`${first.site}/pages/${page}`)).text();
    const gift = await read('gift');
    expect(gift, 'the shared block, with the switching tag in it').toContain(
      '包装紙は三色からお選びいただけます。1万円以上のお買い上げで送料無料です。',
    );
    expect(gift, 'one variant of the test').toContain('針を下ろすたびに');
    expect(gift).not.toContain('三枚ご提案します');
    expect(gift, 'by the shared rule').not.toContain('手書きのカード');
    const club = await read('enishi-club');
    expect(club, 'the way in').toContain('/m/register?next=%2Fpages%2Fenishi-club');
    expect(club).toContain('十二枚の試聴盤');
    expect(club, 'for the plan only').not.toContain('十一月の棚卸し');
  });

  it('shows an editor the messages that LINE alone has', async () => {
    const fair = await (await fetch(`${first.site}/articles/winter-fair`)).text();
    const files = [...fair.matchAll(/(?:src|poster)="([^"]*\/(?:uploads|m\/pictures)\/[^"]*)"/g)];
    const kinds = files.map(async ([, address = '']) => {
      const answer = await fetch(new URL(address, first.site));
      return [answer.status, answer.headers.get('content-type')];
    });
    expect(await Promise.all(kinds)).toEqual([
      [200, 'image/jpeg'],
      [200, 'video/mp4'],
      [200, 'image/jpeg'],
    ]);
    const answer = await fetch(`${first.site}/crm/line/coupons`, {
      headers: { authorization: `Bearer ${await adminToken(first)}` },
    });
    expect(await answer.json()).toMatchObject({
      data: [{ title: '冬のレコード市 10%OFF', status: 'RUNNING' }],
    });
  });

  it('refuses to run twice on one database and says where it runs', async () => {
    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain(`already running (process ${demo.process.pid})`);
  });

  it('stops everything on Ctrl-C', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: first.smtpPort });
    await transport.sendMail({ from: 'a@example.jp', to: 'b@example.jp', subject: '残るメール' });
    transport.close();
    demo.process.kill('SIGINT');
    expect(await demo.exited).toBe(0);
    await untilClosed(first);
    expect(log('site.log')).toContain('Strapi has been shut down');
  });

  it('keeps the data, the login and the mails for the next start', async () => {
    const again = await start().ready();
    expect(again).toEqual(first);
    expect(await customerTotal(again)).toBe(total);
    const mails = await (await fetch(`${again.mailbox}/api/messages?q=残るメール`)).json();
    expect(mails).toHaveLength(1);
  });

  it('leaves no server behind when it is killed', async () => {
    const again = started.at(-1);
    again?.process.kill('SIGKILL');
    await again?.exited;
    await untilClosed(first);
  });

  it('says which server died and what to do, and stops the others', async () => {
    const bereaved = start();
    const summary = await bereaved.ready();
    process.kill(Number(log('mailbox.pid')), 'SIGKILL');
    expect(await bereaved.exited).toBe(1);
    expect(bereaved.stderr()).toContain('mailbox was ended by SIGKILL');
    expect(bereaved.stderr()).toContain('→ Start again');
    await untilClosed(summary);
  });

  it('names an orders file that is not there, and touches nothing', async () => {
    const mistaken = start('--orders', 'no-such-file.txt');
    expect(await mistaken.exited).toBe(1);
    expect(mistaken.stderr()).toContain('no-such-file.txt: there is no such file');
    expect(mistaken.stdout()).toBe('');
  });
});

describe('npm run dev', () => {
  it('starts the same site watching, with its data, and stops on Ctrl-C', async () => {
    const watching = start('--watch');
    const summary = await watching.ready();
    for (const url of [summary.site, summary.admin]) {
      expect((await fetch(url)).status, url).toBe(200);
    }
    expect(await customerTotal(summary)).toBeGreaterThanOrEqual(2400);
    watching.process.kill('SIGINT');
    expect(await watching.exited).toBe(0);
    await untilClosed(summary);
  });
});
