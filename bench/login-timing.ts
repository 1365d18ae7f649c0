/** Whether the time of an answer tells that an address is known: two thousand requests at three doors. */
import { startApp, type TestApp } from '../tests/support/app';
import { startFakeSmtp } from '../tests/support/fake-smtp';
import { siteBrowser } from '../tests/support/site-browser';
import type { Bench, Remark, Side } from './bench';
import { rankSum } from './data/rank-sum';
import { median } from './measure';

const PAIRS = 334;
const IN_A_ROUND = 10;
const MOST_DIFFERENCE = 5;
/** Chance alone passes it once in a hundred runs. */
const MOST_Z = 2.576;

const KNOWN = 'known@example.jp';
const DOORS: Readonly<Record<string, { path: string; fields: object }>> = {
  'log in': { path: '/m/login', fields: { password: 'not-her-password-1', next: '/' } },
  'forgotten password': { path: '/m/password/send', fields: { next: '/' } },
  register: {
    path: '/m/register',
    fields: { password: 'たぬきのレコード', familyName: '山田', next: '/' },
  },
};

interface Asked {
  readonly milliseconds: number;
  readonly answer: unknown;
}

/** One request; how often one may ask is forgotten, since it is not what is measured. */
async function ask(app: TestApp, door: string, email: string): Promise<Asked> {
  const { path = '', fields = {} } = DOORS[door] ?? {};
  await app.strapi.db.connection('crm_rate_limits').delete();
  const started = performance.now();
  const { status, json } = await siteBrowser(app).json(path, { ...fields, email });
  return { milliseconds: performance.now() - started, answer: { status, json } };
}

function strangers() {
  let count = 0;
  return () => `stranger${(count += 1)}@example.jp`;
}

/** Known and unknown by turns, the first of each pair by turns too. */
async function compare(app: TestApp, door: string, stranger: () => string): Promise<Remark[]> {
  const known: number[] = [];
  const unknown: number[] = [];
  const first = [known, unknown];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    for (const times of pair % 2 === 0 ? first : [...first].reverse()) {
      const email = times === known ? KNOWN : stranger();
      times.push((await ask(app, door, email)).milliseconds);
    }
  }
  const difference = Math.abs(median(known) / median(unknown) - 1) * 100;
  const z = Math.abs(rankSum(known, unknown));
  return [
    { name: `${door}: medians differ by`, figure: difference, unit: '%', most: MOST_DIFFERENCE },
    { name: `${door}: Mann–Whitney |z|`, figure: z, unit: '', most: MOST_Z },
  ];
}

function logIns(app: TestApp, email: () => string): Side {
  return async () => {
    let answer: unknown;
    for (let number = 0; number < IN_A_ROUND; number += 1) {
      ({ answer } = await ask(app, 'log in', email()));
    }
    return { amount: IN_A_ROUND, answer };
  };
}

export const loginTiming: Bench = {
  name: 'login-timing',
  description: 'Refused log-ins of an address that is known ÷ of one that is not: neither is told.',
  unit: 'requests/s',
  reach: 0.9,
  async prepare(log) {
    log('starting the shop');
    const smtp = await startFakeSmtp();
    const app = await startApp({ env: { SMTP_PORT: String(smtp.port), LOG_LEVEL: 'error' } });
    const account = {
      username: KNOWN,
      email: KNOWN,
      password: 'たぬきのレコード',
      confirmed: true,
    };
    await app.strapi.plugin('users-permissions').service('user').add(account);
    const stranger = strangers();
    return {
      ours: logIns(app, () => KNOWN),
      twin: logIns(app, stranger),
      async remarks() {
        const remarks: Remark[] = [];
        for (const door of Object.keys(DOORS)) {
          log(`${2 * PAIRS} requests: ${door}`);
          remarks.push(...(await compare(app, door, stranger)));
        }
        return remarks;
      },
      async close() {
        await app.stop();
        await smtp.stop();
      },
    };
  },
};
