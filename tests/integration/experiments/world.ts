/** A shop that tests: making experiments through the admin's API, pages, browsers that agreed. */
import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import { experimentDetailSchema } from '../../../src/plugins/crm/shared/experiments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { visitor, type Reader } from '../../support/site';

type Domain = typeof import('../../../src/plugins/crm/server/experiments/domain/assign');

export interface Documents {
  create(params: object): Promise<{ documentId: string }>;
}

export const callout = (heading: string, audience?: object, slot?: string) => ({
  __component: 'blocks.callout',
  heading,
  ...(audience ? { audience: { audience, ...(slot ? { slot } : {}) } } : {}),
});

export const input = {
  name: '見出しのテスト',
  variants: [
    { key: 'a', name: 'いまの見出し', weight: 1 },
    { key: 'b', name: '新しい見出し', weight: 1 },
  ],
  goals: [{ kind: 'order', days: 7 }],
};

export const read = (answer: { status: number; body: unknown }) => {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return experimentDetailSchema.parse((answer.body as { data: unknown }).data);
};

export const articlesOf = ({ strapi }: TestApp): Documents =>
  strapi.documents('api::article.article' as never) as unknown as Documents;

export const agreed = (app: TestApp, id: string = randomUUID()): Reader =>
  visitor(app, `crm_visitor=${id}`);

export type ExperimentWorld = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld() {
  const app = await startApp();
  const admin: AdminClient = await adminClient(app);
  const publish = async (slug: string, blocks: object[]) => {
    const articles = articlesOf(app);
    const data = { title: slug, slug, blocks };
    return (await articles.create({ status: 'published', locale: 'ja', data })).documentId;
  };

  const detail = async (id: string) => read(await admin.get(`/crm/experiments/${id}`));

  async function running(change: object = {}): Promise<string> {
    const { documentId } = read(await admin.post('/crm/experiments', { ...input, ...change }));
    read(await admin.post(`/crm/experiments/${documentId}/start`));
    return documentId;
  }

  /** A page with a block in each variant. */
  async function tested(slug: string, id: string): Promise<void> {
    const variant = (key: string) => ({ type: 'experiment', id, variants: [key] });
    await publish(slug, [callout('A', variant('a')), callout('B', variant('b')), callout('後')]);
  }

  async function seen(reader: Reader, slug: string): Promise<string> {
    const { data } = (await reader.json(`/articles/${slug}`)) as {
      data: { blocks: { heading: string }[] };
    };
    return data.blocks.map((block) => block.heading).join('');
  }

  /** Who counts: not the browsers that are known to be a customer's. */
  const people = (id: string): Promise<{ unit: string; variant: string }[]> =>
    kernel()
      .database(app.strapi)('crm_experiment_people')
      .where({ experiment: id })
      .where((counted) => counted.whereNull('customer_id').orWhere('unit', 'like', 'c:%'))
      .select('unit', 'variant');

  /** A browser that gets this group by its bucket. */
  function browserIn(group: string, experiment: Parameters<Domain['groupOf']>[0]): string {
    const { groupOf } = compiled<Domain>('experiments/domain/assign');
    for (;;) {
      const id = randomUUID();
      if (groupOf(experiment, `v:${id}`) === group) return id;
    }
  }
  return {
    app,
    admin,
    publish,
    detail,
    running,
    tested,
    seen,
    people,
    browserIn,
    agreed: (id?: string) => agreed(app, id),
  };
}
