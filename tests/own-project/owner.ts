/** What the owner of the fixture project does by hand: first administrator, token, roles, entries. */
import Database from 'better-sqlite3';
import { z } from 'zod';

import type { FakeSmtp } from '../support/fake-smtp';
import {
  broken,
  letter,
  notesWith,
  RULE_COLUMNS,
  sections,
  type Audience,
} from '../support/gate/contents';
import type { GateEntries } from '../support/gate/doors';
import { person } from '../support/member';
import { siteBrowser, type SiteBrowser } from '../support/site-browser';
import type { OwnProject } from './project';

export interface Owner {
  /** As the administrator, in the admin API. */
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  /** With the API token, in the content API. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  readonly token: string;
}

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

const caller =
  (origin: string, token?: string): Call =>
  async (method, path, body) => {
    const answer = await fetch(origin + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };

const dataOf = <S extends z.ZodType>(schema: S, answer: unknown): z.output<S> =>
  schema.parse(z.object({ data: z.unknown() }).parse(answer).data);

export async function becomeOwner({ origin }: OwnProject): Promise<Owner> {
  const registered = await caller(origin)('POST', '/admin/register-admin', {
    firstname: 'Own',
    lastname: 'Er',
    email: 'owner@example.jp',
    password: 'Owner-password-1',
  });
  const admin = caller(origin, dataOf(z.object({ token: z.string() }), registered).token);
  const made = await admin('POST', '/admin/api-tokens', {
    name: 'front end',
    description: '',
    type: 'full-access',
    lifespan: null,
  });
  const token = dataOf(z.object({ accessKey: z.string() }), made).accessKey;
  return { admin, api: caller(origin, token), token };
}

const rolesSchema = z.object({ roles: z.array(z.object({ id: z.number() })) });
const roleSchema = z.object({
  role: z.object({
    name: z.string(),
    description: z.string(),
    permissions: z.record(
      z.string(),
      z.object({ controllers: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
    ),
  }),
});

/** Ticks the boxes in Settings → Roles. */
export async function openToPublic({ admin }: Owner, actions: readonly string[]): Promise<void> {
  const { roles } = rolesSchema.parse(await admin('GET', '/users-permissions/roles'));
  for (const { id } of roles) {
    const { role } = roleSchema.parse(await admin('GET', `/users-permissions/roles/${id}`));
    for (const action of actions) {
      const [type = '', controller = '', name = ''] = action.split(
        /\.(?=[^.]+\.[^.]+$)|\.(?=[^.]+$)/,
      );
      const of = role.permissions[type]?.controllers[controller];
      if (!of) throw new Error(`No permission ${action}`);
      of[name] = { ...of[name], enabled: true };
    }
    await admin('PUT', `/users-permissions/roles/${id}`, role);
  }
}

const entry = z.object({ id: z.number(), documentId: z.string() });

/** Writes the entries over the content API, as a migration from another system would. */
export async function writeEntries(project: OwnProject, owner: Owner): Promise<GateEntries> {
  const { api } = owner;
  const fileId = await upload(project, owner);
  const data = { name: 'shelf', sections: sections('on the shelf') };
  const shelf = dataOf(entry, await api('POST', '/api/shelfs', { data }));
  const noteIds: string[] = [];
  for (const note of notesWith(fileId)) {
    const written = { ...note, shelf: shelf.documentId };
    noteIds.push(dataOf(entry, await api('POST', '/api/notes', { data: written })).documentId);
  }
  await api('PUT', `/api/shelfs/${shelf.documentId}`, { data: { best: noteIds[3] } });
  await api('PUT', '/api/letter', { data: letter });
  breakRules(project.database);
  return { noteIds, shelfId: shelf.documentId };
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export async function upload(project: OwnProject, owner: Owner): Promise<number> {
  return (await uploadFile(project, owner)).id;
}

const fileSchema = z.object({ id: z.number(), url: z.string() });

export async function uploadFile({ origin }: OwnProject, { token }: Owner) {
  const form = new FormData();
  const bytes = Buffer.from(PIXEL, 'base64');
  form.append('files', new Blob([bytes], { type: 'image/png' }), 'cover.png');
  const answer = await fetch(`${origin}/api/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const [file] = z.array(fileSchema).parse(await answer.json());
  if (!file) throw new Error('Nothing was uploaded');
  return file;
}

/** Other text in every withheld place, so that nothing else about the project changes. */
export function replaceWithheld(file: string, text: string): void {
  const db = new Database(file);
  db.prepare('update gate_notes set secret = ? where access is not null').run(text);
  db.prepare('update gate_letters set secret = ?').run(text);
  db.prepare('update components_gate_sections set body = ? where audience not like ?').run(
    text,
    '%visitors%',
  );
  db.close();
}

/** Past Strapi, straight in the database file. */
function breakRules(file: string): void {
  const db = new Database(file);
  for (const [table, column] of Object.entries(RULE_COLUMNS)) {
    const rows = db.prepare(`select id, ${column} as rule from ${table}`).all() as {
      id: number;
      rule: string | null;
    }[];
    for (const { id, rule } of rows) {
      const value = rule === null ? null : broken(rule);
      if (value !== null) {
        db.prepare(`update ${table} set ${column} = ? where id = ?`).run(value, id);
      }
    }
  }
  db.close();
}

/** Registers on the plugin's pages and follows the mailed link. */
export async function becomeMember(
  project: OwnProject,
  smtp: FakeSmtp,
  email: string,
): Promise<SiteBrowser> {
  const browser = siteBrowser(project);
  const before = smtp.mails.length;
  const asked = await browser.form('/m/register', { ...person(email) });
  if (asked.status !== 303) throw new Error(`Registration answered ${asked.status}: ${asked.text}`);
  const mails = await smtp.received(before + 1);
  const parsed = await mails.at(-1)?.parse();
  const link = new URL(/https?:\/\/[^\s"<]+/.exec(parsed?.text ?? '')?.[0] ?? project.origin);
  const token = link.searchParams.get('token') ?? '';
  const confirmed = await browser.form('/m/confirm', { token });
  if (confirmed.status !== 303) throw new Error(`Confirmation answered ${confirmed.status}`);
  return browser;
}

const customers = z.array(z.object({ id: z.number(), email: z.string().nullable() }));

/** One visitor and two members, one of them made platinum in the customer's record. */
export async function gatherPeople(
  project: OwnProject,
  owner: Owner,
  smtp: FakeSmtp,
): Promise<Record<Audience, SiteBrowser>> {
  const member = await becomeMember(project, smtp, 'member@example.jp');
  const platinum = await becomeMember(project, smtp, 'platinum@example.jp');
  const found = dataOf(customers, await owner.admin('GET', '/crm/customers?text=platinum'));
  const customer = found.find(({ email }) => email === 'platinum@example.jp');
  await owner.admin('PUT', `/crm/customers/${customer?.id}`, {
    tier: 'platinum',
    tierLocked: true,
  });
  return { visitor: siteBrowser(project), member, platinum };
}
