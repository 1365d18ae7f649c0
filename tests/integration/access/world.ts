/** What can be withheld, in this application's Strapi, and people to look. */
import type { TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import type { FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { siteBrowser, type SiteBrowser } from '../../support/site-browser';
import {
  broken,
  letter,
  notesWith,
  RULE_COLUMNS,
  sections,
  type Audience,
} from '../../support/gate/contents';
import { uidOf } from './gate-types';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

export interface GateWorld {
  readonly noteIds: readonly string[];
  readonly shelfId: string;
  readonly people: Readonly<Record<Audience, SiteBrowser>>;
}

export async function buildWorld(app: TestApp, smtp: FakeSmtp): Promise<GateWorld> {
  const { strapi } = app;
  const publish = async (name: Parameters<typeof uidOf>[0], data: object) =>
    strapi.documents(uidOf(name)).create({ data, status: 'published' } as never);
  const shelf = await publish('shelf', { name: 'shelf', sections: sections('on the shelf') });
  const file = await strapi.db.query('plugin::upload.file').create({
    data: {
      name: 'cover.png',
      hash: 'cover',
      mime: 'image/png',
      size: 1,
      url: '/x.png',
      provider: 'local',
    },
  });
  const noteIds: string[] = [];
  for (const note of notesWith(file.id)) {
    const created = await publish('note', { ...note, shelf: shelf.documentId });
    noteIds.push(created.documentId);
  }
  await strapi.documents(uidOf('shelf')).update({
    documentId: shelf.documentId,
    data: { best: noteIds[3] },
    status: 'published',
  } as never);
  await publish('letter', letter);
  await breakRules(app);
  return { noteIds, shelfId: shelf.documentId, people: await peopleOf(app, smtp) };
}

async function breakRules({ strapi }: TestApp): Promise<void> {
  for (const [table, column] of Object.entries(RULE_COLUMNS)) {
    const rows: Record<string, unknown>[] = await strapi.db.connection(table).whereNotNull(column);
    for (const row of rows) {
      const value = broken(row[column]);
      if (value === null) continue;
      await strapi.db
        .connection(table)
        .where({ id: row.id })
        .update({ [column]: value });
    }
  }
}

async function peopleOf(app: TestApp, smtp: FakeSmtp): Promise<GateWorld['people']> {
  const { browser: member } = await registerMember(app, smtp, 'member@example.jp');
  const { browser: platinum } = await registerMember(app, smtp, 'platinum@example.jp');
  const customers = compiled<Customers>('customers').customersService(app.strapi);
  const customer = await customers.findByIdentity('email', 'platinum@example.jp');
  await kernel().inTransaction(app.strapi, (unit) =>
    customers.update(unit, customer?.id ?? 0, { tier: 'platinum', tierLocked: true }),
  );
  return { visitor: siteBrowser(app), member, platinum };
}
