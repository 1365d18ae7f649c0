/**
 * What staff wait for with everybody in the database: the first page of each view of the list, and
 * finding a person by what one would type. Against the same page as a statement written by hand.
 */
import BetterSqlite3 from 'better-sqlite3';

import type { Core } from '@strapi/strapi';

import { adminClient, type AdminClient } from '../tests/support/admin';
import { compiled } from '../tests/support/crm';
import type { Bench, Remark, Side } from './bench';
import { median } from './measure';
import { millionPeople } from './data/million-people';

interface View {
  readonly name: string;
  /** Query of the list's address; `{tokyo}` stands for a segment. */
  readonly query: string;
  /** Answers the ids of the same page. */
  readonly sql: string;
}

/** Segments as filters: of every fifth person, and of a few thousand. */
const SEGMENTS = {
  tokyo: [{ field: 'customer.prefecture', operator: 'in', value: ['東京都'] }],
  satoInTokyo: [
    { field: 'customer.prefecture', operator: 'in', value: ['東京都'] },
    { field: 'customer.familyName', operator: 'startsWith', value: '佐藤' },
    { field: 'customer.givenName', operator: 'startsWith', value: '葵' },
  ],
} as const;

const page = (where: string, order = 'id desc'): string =>
  `select id from crm_customers ${where} order by ${order} limit 50`;
/** Whose search terms begin so: what the list reads, without what it must be ready for. */
const found = (start: string): string =>
  page(
    `where id in (select rowid from crm_customer_terms where crm_customer_terms match '"${start}" *')`,
  );

const inSegment = (name: keyof typeof SEGMENTS): string =>
  `id in (select customer_id from crm_segment_members where segment_id = (select id from crm_segments where name = '${name}'))`;

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
  {
    name: 'a large segment',
    query: 'segment={tokyo}&sort=name',
    sql: page(`where ${inSegment('tokyo')}`, 'sort_name, id'),
  },
  {
    name: 'a small segment',
    query: 'segment={satoInTokyo}&sort=changed',
    sql: page(`where ${inSegment('satoInTokyo')}`, 'updated_at desc, id desc'),
  },
  {
    name: 'a saved view: word, segment, consent, order',
    query: 'q=山田&segment={tokyo}&consent=email:granted&sort=name',
    sql: page(
      `where ${inSegment('tokyo')}
       and id in (select rowid from crm_customer_terms where crm_customer_terms match '"山田" *')
       and id in (select customer_id from crm_consent_states where channel = 'email' and granted)`,
      'sort_name, id',
    ),
  },
];

const searches: readonly View[] = [
  { name: 'family name in kanji', query: 'q=佐藤', sql: found('佐藤') },
  { name: 'family name in kana', query: 'q=さとう', sql: found('サトウ') },
  { name: 'family name in romaji', query: 'q=satou', sql: found('sato') },
  { name: 'first character', query: 'q=佐', sql: found('佐') },
  { name: 'a number being typed', query: 'q=090', sql: found('090') },
  { name: 'a whole number', query: 'q=090-6509-7777', sql: found('09065097777') },
  { name: 'last four digits', query: 'q=4321', sql: found('<1234') },
  { name: 'start of an address', query: 'q=渋谷区神宮前1-2', sql: found('渋谷区神宮前1-2') },
  { name: 'e-mail', query: 'q=person1234@', sql: found('person1234@') },
  { name: 'customer number', query: 'q=M12345', sql: found('m12345') },
];

/** Each view so many times in its remark. */
const ASKED = 9;

/** How long each view takes. */
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
  return told;
}

/** Made anew each time, whatever an earlier run left; gives their ids as addresses have them. */
async function makeSegments(strapi: Core.Strapi): Promise<ReadonlyMap<string, string>> {
  const { segmentsService } =
    compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
  const made = new Map<string, string>();
  for (const [name, rules] of Object.entries(SEGMENTS)) {
    await strapi.db.query('plugin::crm.segment').deleteMany({ where: { name } });
    const rule = { combinator: 'and', rules };
    const { documentId }: { documentId: string } = await strapi.db
      .query('plugin::crm.segment')
      .create({ data: { name, kind: 'dynamic', rule } });
    const filled = await segmentsService(strapi).refresh(documentId);
    if (!filled.ok || filled.value.entered === 0) throw new Error(`${name} has nobody in it`);
    made.set(name, documentId);
  }
  return made;
}

/** `customers?tel=`: the caller is looked up, then her record opens with its panels. */
async function callTime(admin: AdminClient): Promise<Remark> {
  const times: number[] = [];
  for (let round = 0; round < ASKED; round += 1) {
    const start = process.hrtime.bigint();
    const found = await admin.get('/crm/customers?q=%2B819065097777&limit=2');
    const [caller] = (found.body as { data: { id: number }[] }).data;
    const id = caller?.id ?? 0;
    const parts = ['', '/timeline?limit=30', '/orders', '/consents', '/activities'];
    const answers = await Promise.all(
      parts.map((part) => admin.get(`/crm/customers/${id}${part}`)),
    );
    if (answers.some(({ status }) => status !== 200)) throw new Error('The record did not open');
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return { name: 'the caller’s record opened', figure: median(times), unit: 'ms', most: 1000 };
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
      const segments = asked === views ? await makeSegments(app.strapi) : new Map<string, string>();
      const raw = new BetterSqlite3(file, { readonly: true });
      raw.pragma('cache_size = -128000');
      const get = async ({ query }: View): Promise<number[]> => {
        const address = query.replace(/\{(\w+)\}/, (_, name: string) => segments.get(name) ?? '');
        const { status, body } = await admin.get(`/crm/customers?${encodeURI(address)}`);
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
        remarks: async () => [
          ...(await timesOf(asked, get, most)),
          ...(asked === searches ? [await callTime(admin)] : []),
        ],
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
