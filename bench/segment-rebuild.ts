/**
 * A segment of some twenty thousand people, brought up to date after a thousand changed behind the
 * plugin's back, against throwing its members away and inserting them anew by one statement.
 */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { compiled, kernel } from '../tests/support/crm';
import type { Bench } from './bench';
import { millionWorld, NOW } from './data/million-world';

const CHANGED = 1000;
const MOST_SECONDS = 2;

const rule = {
  combinator: 'and',
  rules: [{ field: 'customer.tier', operator: 'in', value: ['platinum'] }],
};

/** A segment nobody has evaluated yet, and the customers who will change. */
async function dynamicSegment(strapi: Core.Strapi) {
  const db = kernel().database(strapi);
  await db('crm_segments').where({ name: 'bench-rebuild' }).delete();
  const made: { id: number; documentId: string } = await strapi.db
    .query('plugin::crm.segment')
    .create({ data: { name: 'bench-rebuild', kind: 'dynamic', rule } });
  const platinum = db('crm_customers').where({ tier: 'platinum' }).orderBy('id').limit(CHANGED);
  const ids: number[] = await platinum.pluck('id');
  return { made, ids };
}

/** All members thrown away and inserted anew; how long it took. */
async function written(db: Knex, segmentId: number): Promise<number> {
  const started = performance.now();
  await db.transaction(async (trx) => {
    await trx('crm_segment_members').where({ segment_id: segmentId }).delete();
    await trx.raw(
      `insert into crm_segment_members (segment_id, customer_id, entered_at)
       select ?, id, ? from crm_customers where tier = 'platinum'`,
      [segmentId, NOW],
    );
  });
  return (performance.now() - started) / 1000;
}

/** Everything as the world had it. */
async function clear(strapi: Core.Strapi, segmentId: number): Promise<void> {
  const db = kernel().database(strapi);
  await db('crm_customers').where({ tier: 'bench' }).update({ tier: 'platinum' });
  for (const table of ['crm_segment_members', 'crm_segment_stays']) {
    await db(table).where({ segment_id: segmentId }).delete();
  }
  await db('crm_segments').where({ id: segmentId }).delete();
}

export const segmentRebuild: Bench = {
  name: 'segment-rebuild',
  description:
    'A rebuild after 1,000 of 1,000,000 customers changed ÷ all members deleted and inserted by one statement.',
  unit: 'rebuilds/s',
  reach: 0.5,
  rounds: 5,
  async prepare(log, options) {
    const { app, close } = await millionWorld(log, options);
    const { clock, database } = kernel();
    clock(app.strapi).set(new Date(NOW));
    const db = database(app.strapi);
    const { segmentsService } =
      compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
    const segments = segmentsService(app.strapi);
    const { made, ids } = await dynamicSegment(app.strapi);
    const refresh = async () => {
      const started = performance.now();
      const refreshed = await segments.refresh(made.documentId);
      if (!refreshed.ok) throw new Error(JSON.stringify(refreshed.refusal));
      return { ...refreshed.value, seconds: (performance.now() - started) / 1000 };
    };
    const full = await refresh();
    log(`the whole segment of ${full.entered}: ${full.seconds.toFixed(2)} s`);
    const again = await refresh();
    let tier = 'platinum';
    return {
      ours: async () => {
        tier = tier === 'platinum' ? 'bench' : 'platinum';
        await db('crm_customers').whereIn('id', ids).update({ tier });
        const { entered, left, seconds } = await refresh();
        return { amount: 1, seconds, answer: entered + left };
      },
      twin: async () => ({ amount: 1, seconds: await written(db, made.id), answer: CHANGED }),
      remarks: async () => [
        { name: 'whole segment', figure: full.seconds, unit: 's', most: MOST_SECONDS },
        {
          name: 'rows of a rebuild without a change',
          figure: again.entered + again.left,
          unit: 'rows',
          most: 0,
        },
      ],
      close: async () => {
        await clear(app.strapi, made.id);
        await close();
      },
    };
  },
};
