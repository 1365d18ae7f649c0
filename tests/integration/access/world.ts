/** One of everything that can be withheld, each with a secret of its own, and people to look. */
import type { TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import type { FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { siteBrowser, type SiteBrowser } from '../../support/site-browser';
import { uidOf } from './gate-types';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

export const MEMBERS = { type: 'members' };
export const PLATINUM = { type: 'tiers', keys: ['platinum'] };
const BROKEN = { type: 'martians' };

/** Who may see the text that begins so. */
export const SECRETS = {
  'SECRET-MEMBER': ['member', 'platinum'],
  'SECRET-PLATINUM': ['platinum'],
  'SECRET-NOBODY': [],
  'FOR-VISITORS': ['visitor'],
} as const satisfies Record<string, readonly Audience[]>;

export type Audience = 'visitor' | 'member' | 'platinum';

const block = (uid: string, body: string, audience: object | null = null, slot?: string) => ({
  ...(uid === 'gate.section' ? {} : { __component: uid }),
  body,
  audience: audience && { audience, ...(slot ? { slot } : {}) },
});

const sections = (where: string) => [
  block('gate.section', `open ${where}`),
  block('gate.section', `SECRET-MEMBER ${where}`, MEMBERS),
  block('gate.section', `SECRET-PLATINUM ${where}`, PLATINUM),
  block('gate.section', `SECRET-NOBODY ${where}`, BROKEN),
  block('gate.section', `FOR-VISITORS ${where}`, { type: 'visitors' }),
];

const zoneOf = (secret: string, where: string) => [
  block('gate.block', `before the divider ${where}`),
  { __component: 'gate.divider', heading: 'members only from here' },
  block('gate.block', `${secret} after the divider ${where}`),
  { __component: 'gate.wrapper', caption: `${secret} caption`, sections: sections(where) },
];

const noteOf = (title: string, secret: string, access: object | null) => ({
  title,
  secret: `${secret} ${title}`,
  access,
  zone: zoneOf(secret, title),
  sections: sections(title),
  only: block('gate.section', `SECRET-PLATINUM only ${title}`, PLATINUM),
  wrapped: { caption: 'wrapped', sections: sections(`wrapped ${title}`) },
});

const notes = [
  noteOf('open', 'everybody', null),
  noteOf('teaser', 'SECRET-MEMBER', { audience: MEMBERS, otherwise: 'teaser' }),
  noteOf('platinum', 'SECRET-PLATINUM', { audience: PLATINUM, otherwise: 'teaser' }),
  noteOf('SECRET-PLATINUM denied', 'SECRET-PLATINUM', { audience: PLATINUM, otherwise: 'deny' }),
  noteOf('SECRET-MEMBER login', 'SECRET-MEMBER', { audience: MEMBERS, otherwise: 'login' }),
  noteOf('SECRET-NOBODY broken', 'SECRET-NOBODY', { audience: BROKEN, otherwise: 'teaser' }),
];

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
  for (const note of notes) {
    const created = await publish('note', { ...note, shelf: shelf.documentId, cover: file.id });
    noteIds.push(created.documentId);
  }
  await strapi.documents(uidOf('shelf')).update({
    documentId: shelf.documentId,
    data: { best: noteIds[3] },
    status: 'published',
  } as never);
  await publish('letter', {
    title: 'SECRET-PLATINUM letter',
    secret: 'SECRET-PLATINUM letter',
    access: { audience: PLATINUM, otherwise: 'deny' },
  });
  return { noteIds, shelfId: shelf.documentId, people: await peopleOf(app, smtp) };
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
