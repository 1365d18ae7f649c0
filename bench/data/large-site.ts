/**
 * A page with 20 blocks for segments in a database of a million customers and 200 segments, each
 * customer in one of them and the reader in every second one; and the same page as she sees it,
 * written without a condition.
 */
import { copyFileSync, rmSync } from 'node:fs';

import BetterSqlite3 from 'better-sqlite3';

import { startApp, type TestApp } from '../../tests/support/app';
import { memberOfTier, type Reader } from '../../tests/support/site';
import { CUSTOMERS, millionCustomers, NOW } from './million-customers';

const SEGMENTS = 200;
const BLOCKS = 20;

export interface LargeSite {
  readonly app: TestApp;
  readonly reader: Reader;
  /** Paths of the two pages. */
  readonly personalised: string;
  readonly plain: string;
}

const documentId = (segment: number) => `bench-segment-${segment}`;

function fillSegments(file: string): void {
  const connection = new BetterSqlite3(file);
  try {
    connection.pragma('synchronous = OFF');
    connection.exec(`
      with recursive series(n) as (select 1 union all select n + 1 from series where n < ${SEGMENTS})
      insert into crm_segments (id, document_id, name, rule, kind, member_count, created_at, updated_at)
        select n, '${documentId(0).slice(0, -1)}' || n, 'Bench ' || n,
          '{"combinator":"and","rules":[]}', 'static', ${CUSTOMERS / SEGMENTS}, ${NOW}, ${NOW} from series;
      insert into crm_segment_members (segment_id, customer_id, entered_at)
        select 1 + id % ${SEGMENTS}, id, ${NOW} from crm_customers;
    `);
  } finally {
    connection.close();
  }
}

async function writePage(app: TestApp, slug: string, blocks: readonly object[]): Promise<string> {
  await app.strapi.documents('api::article.article').create({
    locale: 'ja',
    status: 'published',
    data: { title: 'ページ', slug, lead: '同じ内容のページです。', blocks },
  } as never);
  return `/articles/${slug}`;
}

const block = (number: number) => ({
  __component: 'blocks.callout',
  heading: `お知らせ ${number}`,
  text: 'セグメントごとに内容が変わるブロックです。',
});

export async function largeSite(log: (line: string) => void): Promise<LargeSite> {
  const million = await millionCustomers(log);
  await million.app.stop();
  const file = `${million.file}.site`;
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  copyFileSync(million.file, file);
  fillSegments(file);
  log('starting the site on a million customers');
  const app = await startApp({ keepDatabase: file, env: { LOG_LEVEL: 'error' } });
  const reader = await memberOfTier(app, 'platinum');
  const numbers = Array.from({ length: BLOCKS }, (_, index) => index + 1);
  // Every second segment is hers, so that every second block is withheld.
  await app.strapi.db.connection('crm_segment_members').insert(
    Array.from({ length: SEGMENTS / 2 }, (_, index) => ({
      segment_id: 2 * (index + 1),
      customer_id: reader.customerId,
      entered_at: NOW,
    })),
  );
  const audience = (number: number) => ({
    audience: {
      audience: { type: 'segments', ids: [documentId(number), documentId(number + BLOCKS)] },
    },
  });
  return {
    app,
    reader,
    personalised: await writePage(
      app,
      'bench-personalised',
      numbers.map((number) => ({ ...block(number), ...audience(number) })),
    ),
    plain: await writePage(
      app,
      'bench-plain',
      numbers.filter((number) => number % 2 === 0).map(block),
    ),
  };
}
