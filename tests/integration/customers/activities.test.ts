import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  activitiesSchema,
  myTasksSchema,
  savedNoteSchema,
  savedTaskSchema,
} from '../../../src/plugins/crm/shared/activities';
import { timelineSchema } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let id: number;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
  id = (await crm.create({ familyName: '山田', givenName: '花子' })).id;
});
afterAll(() => app.stop());

const notes = async (of = id) =>
  activitiesSchema.parse((await admin.get(`/crm/customers/${of}/activities`)).body).data.notes;
const addNote = async (text: string, of = id) =>
  savedNoteSchema.parse((await admin.post(`/crm/customers/${of}/notes`, { text })).body).data;
const addTask = async (task: object, of = id) =>
  savedTaskSchema.parse((await admin.post(`/crm/customers/${of}/tasks`, task)).body).data;
const staffId = async () => {
  const { id: own } = await app.strapi.db.query('admin::user').findOne({ orderBy: { id: 'asc' } });
  return Number(own);
};

describe('notes', () => {
  it('are written, pinned to the top, changed, deleted and brought back', async () => {
    const first = await addNote('  お電話：\n折り返し希望  ');
    const second = await addNote('二つめ');
    expect(first).toMatchObject({
      text: 'お電話：\n折り返し希望',
      author: 'Admin Test',
      changedAt: null,
    });
    const pinned = await admin.put(`/crm/notes/${first.id}`, { pinned: true });
    expect(savedNoteSchema.parse(pinned.body).data).toMatchObject({
      pinned: true,
      changedAt: null,
    });
    expect((await notes()).map((note) => note.id)).toEqual([first.id, second.id]);
    const changed = await admin.put(`/crm/notes/${first.id}`, { text: '済み', pinned: false });
    expect(savedNoteSchema.parse(changed.body).data.changedAt).not.toBeNull();
    expect((await notes()).map((note) => note.id)).toEqual([second.id, first.id]);

    expect((await admin.delete(`/crm/notes/${second.id}`)).status).toBe(200);
    expect((await notes()).map((note) => note.id)).toEqual([first.id]);
    expect((await admin.delete(`/crm/notes/${second.id}`)).status).toBe(404);
    expect((await admin.put(`/crm/notes/${second.id}`, { text: 'x' })).status).toBe(404);
    expect((await admin.post(`/crm/notes/${second.id}/restore`)).status).toBe(200);
    expect(await notes()).toHaveLength(2);
  });

  it.each([[{}], [{ text: ' ' }], [{ text: 'a\u0000' }], [{ text: 'x'.repeat(10_001) }]])(
    'refuse %j',
    async (body) => {
      expect((await admin.post(`/crm/customers/${id}/notes`, body)).status).toBe(400);
    },
  );

  it('are closed to staff who may not change people, and to strangers', async () => {
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.get(`/crm/customers/${id}/activities`)).status).toBe(200);
    expect((await reader.post(`/crm/customers/${id}/notes`, { text: 'x' })).status).toBe(403);
    expect((await fetch(`${app.origin}/crm/tasks/mine`)).status).toBe(401);
    expect((await admin.post('/crm/customers/999999/notes', { text: 'x' })).status).toBe(404);
  });
});

describe('tasks', () => {
  it('are given to staff, listed for them by day, done and undone', async () => {
    const me = await staffId();
    const late = await addTask({ title: '見積もり', dueOn: '2026-11-30', assigneeId: me });
    const soon = await addTask({ title: 'お礼の電話', dueOn: '2026-11-20', assigneeId: me });
    const someday = await addTask({ title: 'いつか', assigneeId: me });
    await addTask({ title: '担当なし', dueOn: '2020-01-01' });
    const mine = async () => {
      const { data, total } = myTasksSchema.parse((await admin.get('/crm/tasks/mine')).body);
      expect(total).toBe(data.length);
      return data;
    };
    expect((await mine()).map((task) => task.id)).toEqual([soon.id, late.id, someday.id]);
    expect((await mine())[0]).toMatchObject({ customerName: '山田 花子', assignee: 'Admin Test' });
    const done = await admin.put(`/crm/tasks/${soon.id}`, { done: true });
    const { doneAt } = savedTaskSchema.parse(done.body).data;
    const again = await admin.put(`/crm/tasks/${soon.id}`, { done: true, title: 'お礼' });
    expect(savedTaskSchema.parse(again.body).data).toMatchObject({ doneAt, title: 'お礼' });
    expect((await mine()).map((task) => task.id)).toEqual([late.id, someday.id]);
    await admin.put(`/crm/tasks/${soon.id}`, { done: false });
    expect(await mine()).toHaveLength(3);
    await admin.delete(`/crm/tasks/${soon.id}`);
    expect(await mine()).toHaveLength(2);
    await admin.post(`/crm/tasks/${soon.id}/restore`);
    expect(await mine()).toHaveLength(3);
  });

  it('refuse days that are none and staff who are none', async () => {
    const give = (task: object) => admin.post(`/crm/customers/${id}/tasks`, task);
    expect((await give({ title: 'x', dueOn: '2026-02-30' })).status).toBe(400);
    expect((await give({ title: 'x', assigneeId: 999_999 })).status).toBe(422);
    expect((await give({ title: '' })).status).toBe(400);
  });
});

describe('both', () => {
  it('stand on the timeline, follow a merge and its undo, and are forgotten', async () => {
    const [from, into] = [await crm.create({ familyName: '元' }), await crm.create({})];
    const note = await addNote('引き継ぐメモ', from.id);
    const task = await addTask({ title: '引き継ぐ' }, from.id);
    await admin.put(`/crm/tasks/${task.id}`, { done: true });
    const types = async (of: number) => {
      const { body } = await admin.get(`/crm/customers/${of}/timeline?kinds=note,task`);
      return timelineSchema.parse(body).data.map(({ kind, type }) => `${kind} ${type}`);
    };
    const all = ['note written', 'task created', 'task done'];
    expect((await types(from.id)).sort()).toEqual(all);
    const merged = await admin.post('/crm/customers/merges', { from: from.id, into: into.id });
    expect((await types(into.id)).sort()).toEqual(all);
    const merge = (merged.body as { data: { id: number } }).data;
    await admin.post(`/crm/customers/merges/${merge.id}/undo`);
    expect(await types(into.id)).toEqual([]);
    expect((await notes(from.id)).map((each) => each.id)).toEqual([note.id]);

    const { personalData, inTransaction } = kernel();
    for (const data of personalData.members(app.strapi)) {
      await inTransaction(app.strapi, (unit) => data.erase(unit, from.id));
    }
    for (const table of ['crm_notes', 'crm_tasks']) {
      expect(await app.strapi.db.connection(table).where({ customer_id: from.id })).toEqual([]);
    }
  });

  it('are purged thirty days after they were deleted', async () => {
    const note = await addNote('消すメモ');
    await admin.delete(`/crm/notes/${note.id}`);
    const { clock, jobs } = kernel();
    const rows = () => app.strapi.db.connection('crm_notes').where({ id: note.id });
    await jobs(app.strapi).fire('activities.purge');
    expect(await rows()).toHaveLength(1);
    clock(app.strapi).set(new Date(Date.now() + 31 * 24 * 60 * 60_000));
    await jobs(app.strapi).fire('activities.purge');
    expect(await rows()).toHaveLength(0);
  });
});
