/**
 * A campaign's people into the outbox, each with the guard's verdict: consent, suppressed addresses
 * (a thousand stand on the list), a topic some refuse, people who rest, addresses that occur twice, a
 * holdout. The twin writes as many rows with the verdict of consent alone, by one bare statement.
 */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import {
  campaignInput,
  consentModule,
  createArticle,
  createSegment,
} from '../tests/support/campaign';
import { compiled, kernel } from '../tests/support/crm';
import type { Bench, Outcome, Remark } from './bench';
import { millionWorld, NOW } from './data/million-world';

type Campaigns = typeof import('../src/plugins/crm/server/delivery/store/campaigns');
type Expansion = typeof import('../src/plugins/crm/server/delivery/campaigns/expansion');

const ROWS_A_SECOND = 50_000;
const SUPPRESSED = 1_000;
/** One in so many does not want the topic; as many rest. */
const UNWILLING = 200;
const MOST_MEGABYTES = 150;

const campaigns = () => compiled<Campaigns>('delivery/store/campaigns');
const expansion = () => compiled<Expansion>('delivery/campaigns/expansion');

/** What people said and what came back, so that every question of the guard has an answer. */
async function unwillingPeople(strapi: Core.Strapi, topic: number): Promise<void> {
  const db = kernel().database(strapi);
  for (const table of ['crm_topic_refusals', 'crm_contact_wishes', 'crm_suppressions']) {
    await db(table).delete();
  }
  await db.raw(
    `insert into crm_topic_refusals (customer_id, topic_id, refused_at)
     select id, ?, 0 from crm_customers where id % ? = 1`,
    [topic, UNWILLING],
  );
  await db.raw(
    `insert into crm_contact_wishes (customer_id, paused_until, updated_at)
     select id, cast(? as bigint), 0 from crm_customers where id % ? = 2`,
    [NOW + 86_400_000, UNWILLING],
  );
  await db('crm_customers').whereIn('id', [11, 12]).update({ email: 'person10@example.jp' });
  await kernel().inTransaction(strapi, async (unit) => {
    for (let number = 1; number <= SUPPRESSED; number += 1) {
      await consentModule()
        .consentService(strapi)
        .suppress(unit, {
          channel: 'email',
          address: `person${number * 100}@example.jp`,
          reason: 'hard-bounce',
        });
    }
  });
}

/** A campaign that has begun and of which no row is written. */
async function begun(strapi: Core.Strapi, input: ReturnType<typeof campaignInput>) {
  const record = await campaigns().insertCampaign(strapi, input as never);
  await campaigns().transition(strapi, record.id, ['draft'], { status: 'sending' });
  return { ...record, status: 'sending' as const };
}

async function emptied(db: Knex, isPostgres: boolean): Promise<void> {
  if (isPostgres) await db.raw('truncate crm_messages restart identity');
  else await db('crm_messages').delete();
  await db('crm_campaigns').delete();
}

const bare = (db: Knex) =>
  db.raw(
    `insert into crm_messages (campaign_id, customer_id, channel, stream, unique_key, address, locale,
       status, guard_verdict, guard_reason, retry_key, attempts, due_at, created_at)
     select 1, c.id, 'email', 'marketing', 'campaign:1:' || c.id, c.email, c.language,
       case when s.granted then 'queued' else 'blocked' end,
       case when s.granted then 'allow' else 'block' end,
       case when s.granted is null then 'no-consent' when not s.granted then 'withdrawn' end,
       'retry-' || c.id, 0, ${NOW}, ${NOW}
     from crm_customers c left join crm_consent_states s
       on s.customer_id = c.id and s.purpose = 'marketing' and s.channel = 'email'
     where true`,
  );

const counted = async (db: Knex): Promise<number> => {
  const [row] = await db('crm_messages').count({ total: '*' });
  return Number(row?.total ?? 0);
};

async function timed(db: Knex, write: () => Promise<unknown>): Promise<Outcome> {
  const started = performance.now();
  await write();
  const seconds = (performance.now() - started) / 1000;
  const amount = await counted(db);
  return { amount, answer: amount, seconds };
}

/** What the heap and everything beside it grew by while `work` ran, at its most. */
async function grown(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  await work();
  clearInterval(watch);
  return (most - before) / 1024 ** 2;
}

/** One more run, watched: how long, how much memory, and what became of whom. */
async function remarks(db: Knex, ours: () => Promise<Outcome>, log: (line: string) => void) {
  const runs: Outcome[] = [];
  const megabytes = await grown(async () => runs.push(await ours()));
  const rows: { guard_reason: string | null; people: number | string }[] = await db('crm_messages')
    .groupBy('guard_reason')
    .select('guard_reason')
    .count('* as people');
  for (const { guard_reason: reason, people } of rows) log(`${reason ?? 'queued'}: ${people}`);
  const seconds = runs[0]?.seconds ?? Infinity;
  return [
    { name: 'the whole expansion', figure: seconds, unit: 's' },
    { name: 'memory grown', figure: megabytes, unit: 'MB', most: MOST_MEGABYTES },
  ] satisfies Remark[];
}

export const campaignExpand: Bench = {
  name: 'campaign-expand',
  description:
    '1,000,000 people of a segment into the outbox with every verdict of the guard ÷ one bare INSERT … SELECT.',
  unit: 'rows/s',
  reach: 0.3,
  // Asked of a server with tables of its own, not of one that shares a file.
  reachFigure: ({ database }) => (database === 'postgres' ? ROWS_A_SECOND : undefined),
  rounds: 5,
  async prepare(log, options) {
    const { app, close } = await millionWorld(log, options, 'people');
    const { strapi } = app;
    kernel().clock(strapi).set(new Date(NOW));
    const db = kernel().database(strapi);
    const isPostgres = options.database === 'postgres';
    await unwillingPeople(strapi, 1);
    const segment = await createSegment(app);
    const article = await createArticle(app);
    const input = campaignInput(article, segment, { topic: 1, holdoutPercent: 5 });
    log('the segment and what people said are in place');
    const ours = async (): Promise<Outcome> => {
      await emptied(db, isPostgres);
      const campaign = await begun(strapi, input);
      return timed(db, () => expansion().expandCampaign(strapi, campaign));
    };
    return {
      ours,
      twin: async () => {
        await emptied(db, isPostgres);
        return timed(db, () => bare(db));
      },
      remarks: () => remarks(db, ours, log),
      close: async () => {
        await emptied(db, isPostgres);
        await close();
      },
    };
  },
};
