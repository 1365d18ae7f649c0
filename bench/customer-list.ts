/**
 * What staff wait for with everybody in the database: the first page of each view of the list, and
 * finding a person by what one would type. Against the same page as a statement written by hand.
 */
import BetterSqlite3 from 'better-sqlite3';

import { adminClient } from '../tests/support/admin';
import type { Bench, Remark, Side } from './bench';
import { median } from './measure';
import { millionPeople } from './data/million-people';

interface View {
  readonly name: string;
  /** Query of the list's address. */
  readonly query: string;
  /** Answers the ids of the same page. */
  readonly sql: string;
}

const page = (where: string, order = 'id desc'): string =>
  `select id from crm_customers ${where} order by ${order} limit 50`;
/** Whose search terms begin so: what the list reads, without what it must be ready for. */
const found = (start: string): string =>
  page(
    `where id in (select rowid from crm_customer_terms where crm_customer_terms match '"${start}" *')`,
  );

const views: readonly View[] = [
  { name: 'newest', query: 'sort=newest', sql: page('') },
  { name: 'oldest', query: 'sort=oldest', sql: page('', 'id') },
  { name: 'name', query: 'sort=name', sql: page('', 'sort_name, id') },
  {
    name: 'name descending',
    query: 'sort=nameDescending',
    sql: page('', 'sort_name desc, id desc'),
  },
  { name: 'changed', query: 'sort=changed', sql: page('', 'updated_at desc, id desc') },
  {
    name: 'a tier',
    query: 'tier=regular&sort=name',
    sql: page(`where tier = 'regular'`, 'sort_name, id'),
  },
  { name: 'a tier of nobody', query: 'tier=gold', sql: page(`where tier = 'gold'`) },
  { name: 'nobody looks after', query: 'owner=none', sql: page('where owner is null') },
  {
    name: 'consent',
    query: 'consent=email:granted',
    sql: page(
      `where id in (select customer_id from crm_consent_states where channel = 'email' and granted)`,
    ),
  },
];

const searches: readonly View[] = [
  { name: 'family name in kanji', query: 'q=佐藤', sql: found('佐藤') },
  { name: 'family name in kana', query: 'q=さとう', sql: found('サトウ') },
  { name: 'family name in romaji', query: 'q=satou', sql: found('sato') },
  { name: 'first character', query: 'q=佐', sql: found('佐') },
  { name: 'last four digits', query: 'q=4321', sql: found('<1234') },
  { name: 'start of an address', query: 'q=渋谷区神宮前1-2', sql: found('渋谷区神宮前1-2') },
  { name: 'e-mail', query: 'q=person1234@', sql: found('person1234@') },
  { name: 'customer number', query: 'q=M12345', sql: found('m12345') },
];

/** Each view so many times in its remark. */
const ASKED = 9;

/** How long each view takes, and how much memory the process that answered has by then. */
async function timesOf(
  asked: readonly View[],
  get: (view: View) => Promise<unknown>,
  most: number,
): Promise<Remark[]> {
  const told: Remark[] = [];
  for (const view of asked) {
    const times: number[] = [];
    for (let round = 0; round < ASKED; round += 1) {
      const start = process.hrtime.bigint();
      await get(view);
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    told.push({ name: view.name, figure: median(times), unit: 'ms', most });
  }
  const memory = process.memoryUsage.rss() / 1e6;
  return [...told, { name: 'resident memory', figure: memory, unit: 'MB' }];
}

function bench(
  about: Pick<Bench, 'name' | 'description'> & { readonly asked: readonly View[] },
  most: number,
): Bench {
  const { name, description, asked } = about;
  return {
    name,
    description,
    unit: 'pages/s',
    // A request with its log-in against a bare statement: what must be reached are the remarks.
    reach: 0.001,
    async prepare(log, { people }) {
      const { app, file } = await millionPeople(log, people);
      const admin = await adminClient(app);
      const raw = new BetterSqlite3(file, { readonly: true });
      raw.pragma('cache_size = -200000');
      const get = async ({ query }: View): Promise<number[]> => {
        const { status, body } = await admin.get(`/crm/customers?${encodeURI(query)}`);
        if (status !== 200) throw new Error(`${query}: ${status} ${JSON.stringify(body)}`);
        return (body as { data: { id: number }[] }).data.map(({ id }) => id);
      };
      const side =
        (idsOf: (view: View) => number[] | Promise<number[]>): Side =>
        async () => {
          const answer: number[][] = [];
          for (const view of asked) answer.push(await idsOf(view));
          return { amount: asked.length, answer };
        };
      return {
        ours: side(get),
        twin: side((view) => raw.prepare(view.sql).pluck().all() as number[]),
        remarks: () => timesOf(asked, get, most),
        close: async () => {
          raw.close();
          await app.stop();
        },
      };
    },
  };
}

export const customerList = bench(
  {
    name: 'customer-list',
    description: 'First pages of the list over HTTP, by order and filter ÷ statements by hand.',
    asked: views,
  },
  100,
);

export const customerSearch = bench(
  {
    name: 'customer-search',
    description: 'People found over HTTP by what one would type ÷ statements by hand.',
    asked: searches,
  },
  50,
);
