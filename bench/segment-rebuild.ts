/**
 * First a rule that every fifth person fits, written whole. Then a segment of some twenty thousand
 * people, brought up to date after a thousand changed behind the
 * plugin's back, against throwing its members away and inserting them anew by one statement.
 */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { compiled, kernel } from '../tests/support/crm';
import type { Bench } from './bench';
import { millionWorld, NOW } from './data/million-world';

const CHANGED = 1000;
const MOST_SECONDS = 2;

const ruleOf = (field: string, value: string) => ({
  combinator: 'and',
  rules: [{ field, operator: 'in', value: [value] }],
});

/** A segment nobody has evaluated yet. */
async function dynamicSegment(
  strapi: Core.Strapi,
  name: string,
  rule: object,
): Promise<{ id: number; documentId: string }> {
  await kernel().database(strapi)('crm_segments').where({ name }).delete();
  return strapi.db.query('plugin::crm.segment').create({ data: { name, kind: 'dynamic', rule } });
}

/** Of `platinum`, and the customers who will change. */
async function changingSegment(strapi: Core.Strapi) {
  const db = kernel().database(strapi);
  const made = await dynamicSegment(strapi, 'bench-rebuild', ruleOf('customer.tier', 'platinum'));
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

function refresher(strapi: Core.Strapi) {
  const { segmentsService } =
    compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
  return async ({ documentId }: { readonly documentId: string }) => {
    const started = performance.now();
    const refreshed = await segmentsService(strapi).refresh(documentId);
    if (!refreshed.ok) throw new Error(JSON.stringify(refreshed.refusal));
    return { ...refreshed.value, seconds: (performance.now() - started) / 1000 };
  };
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
    const refresh = refresher(app.strapi);
    const wide = await dynamicSegment(
      app.strapi,
      'bench-wide',
      ruleOf('customer.prefecture', '東京都'),
    );
    const { made, ids } = await changingSegment(app.strapi);
    const everyFifth = await refresh(wide);
    log(`a segment of ${everyFifth.entered}: ${everyFifth.seconds.toFixed(2)} s`);
    const full = await refresh(made);
    log(`the whole segment of ${full.entered}: ${full.seconds.toFixed(2)} s`);
    const again = await refresh(made);
    let tier = 'platinum';
    return {
      ours: async () => {
        tier = tier === 'platinum' ? 'bench' : 'platinum';
        await db('crm_customers').whereIn('id', ids).update({ tier });
        const { entered, left, seconds } = await refresh(made);
        return { amount: 1, seconds, answer: entered + left };
      },
      twin: async () => ({ amount: 1, seconds: await written(db, made.id), answer: CHANGED }),
      remarks: async () => [
        { name: `all ${full.entered}`, figure: full.seconds, unit: 's', most: MOST_SECONDS },
        {
          name: `all ${everyFifth.entered} of a wide rule`,
          figure: everyFifth.seconds,
          unit: 's',
          most: MOST_SECONDS,
        },
        {
          name: 'rows of a rebuild without a change',
          figure: again.entered + again.left,
          unit: 'rows',
          most: 0,
        },
      ],
      close: async () => {
        for (const { id } of [made, wide]) await clear(app.strapi, id);
        await close();
      },
    };
  },
};
