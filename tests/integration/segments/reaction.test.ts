/** Segments by what people do: on the site, with our messages and on LINE, in the very same call. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Rule } from '../../../src/plugins/crm/shared/segments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { HOUR, NOW } from './people';

let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(() => app.stop());
beforeEach(() => kernel().clock(app.strapi).set(new Date(NOW)));

const at = (instant: number) => kernel().clock(app.strapi).set(new Date(instant));
const db = () => kernel().database(app.strapi);
const segments = () =>
  compiled<typeof import('../../../src/plugins/crm/server/segments')>('segments').segmentsService(
    app.strapi,
  );

let number = 0;
async function newCustomer(): Promise<number> {
  number += 1;
  const { customersService } =
    compiled<typeof import('../../../src/plugins/crm/server/customers')>('customers');
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customersService(app.strapi).create(unit, { email: `r${number}@example.jp` }),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value.id;
}

async function segmentOf(...rules: Rule[]): Promise<(customerId: number) => Promise<boolean>> {
  number += 1;
  const input = { name: `R${number}`, rule: { combinator: 'and', rules } };
  const { status, body } = await admin.post('/crm/segments', input);
  expect(status, JSON.stringify(body)).toBe(201);
  const { documentId } = (body as { data: { documentId: string } }).data;
  return (customerId) => segments().isMember(documentId, customerId);
}

const act = (customerId: number, name: string, properties: Record<string, unknown> = {}) =>
  compiled<typeof import('../../../src/plugins/crm/server/tracking')>('tracking')
    .trackingService(app.strapi)
    .trackServerSide({ customerId, name, properties });

describe('a cart that is not bought in 4 hours', () => {
  it('is told apart from other carts, within a minute of the hour', async () => {
    const [buyer, leaver] = [await newCustomer(), await newCustomer()];
    const abandoned = await segmentOf({
      field: 'behaviour.sequence',
      operator: 'without',
      value: {
        name: 'Product Added',
        then: 'Order Completed',
        key: 'cart_id',
        hours: 4,
        within: { count: 7, unit: 'days' },
      },
    });
    for (const person of [buyer, leaver]) {
      await act(person, 'Product Added', { cart_id: 'one' });
      await act(person, 'Product Added', { cart_id: 'two' });
    }
    at(NOW + HOUR);
    for (const cart of ['one', 'two']) await act(buyer, 'Order Completed', { cart_id: cart });
    // One cart is bought in time, the other one never; and a third that was never filled.
    await act(leaver, 'Order Completed', { cart_id: 'one' });
    await act(leaver, 'Order Completed', { cart_id: 'three' });
    at(NOW + 4 * HOUR - 1);
    await kernel().jobs(app.strapi).fire('segments.time-clauses');
    expect([await abandoned(buyer), await abandoned(leaver)]).toEqual([false, false]);
    at(NOW + 4 * HOUR);
    await kernel().jobs(app.strapi).fire('segments.time-clauses');
    expect([await abandoned(buyer), await abandoned(leaver)]).toEqual([false, true]);
  });
});

describe('a changed field', () => {
  /** The segments that are asked who leaves them while something happens. */
  async function evaluated(happens: () => Promise<unknown>): Promise<number[]> {
    const asked = new Set<number>();
    const note = ({ sql, bindings }: { sql: string; bindings?: unknown[] }) => {
      if (/^delete from .crm_segment_members/i.test(sql)) asked.add(Number(bindings?.[0]));
    };
    db().on('query', note);
    try {
      await happens();
    } finally {
      db().off('query', note);
    }
    return [...asked].sort((a, b) => a - b);
  }

  it('has only the segments evaluated that read it', async () => {
    const person = await newCustomer();
    const fields = ['company', 'city', 'street', 'building', 'note'].concat([
      'familyName',
      'givenName',
      'familyNameKana',
      'givenNameKana',
    ]);
    const segmentsBefore = await db()('crm_segments').pluck('id');
    const isMember = new Map<string, (customerId: number) => Promise<boolean>>();
    for (const name of fields) {
      const rule = { field: `customer.${name}`, operator: 'contains', value: 'ア' };
      isMember.set(name, await segmentOf(rule));
    }
    await segmentOf({ field: 'consent.email', operator: 'in', value: ['granted'] });
    const ids: number[] = await db()('crm_segments')
      .whereNotIn('id', segmentsBefore)
      .orderBy('id')
      .pluck('id');
    expect(ids).toHaveLength(10);
    const { customersService } =
      compiled<typeof import('../../../src/plugins/crm/server/customers')>('customers');
    const change = (input: object) => () =>
      kernel().inTransaction(app.strapi, (unit) =>
        customersService(app.strapi).update(unit, person, input),
      );
    const ofThese = async (happens: () => Promise<unknown>) =>
      (await evaluated(happens)).filter((id) => ids.includes(id));
    expect(await ofThese(newCustomer), 'a new person may enter any').toEqual(ids);
    for (const name of ['company', 'familyNameKana']) {
      const own = ids[fields.indexOf(name)];
      expect(await evaluated(change({ [name]: 'アサヒ' })), name).toEqual([own]);
      expect(await isMember.get(name)?.(person)).toBe(true);
    }
    expect(await evaluated(change({ company: 'アサヒ' })), 'nothing changed').toEqual([]);
    expect(await evaluated(change({ phone: '03-1234-5678' })), 'read by none').toEqual([]);
  });
});

describe('an event', () => {
  it('is in the segments before the call that tells it returns', async () => {
    const person = await newCustomer();
    const value = { name: 'Form Sent', times: 1, within: null, property: 'form', is: '来店' };
    const sent = await segmentOf({ field: 'behaviour.event', operator: 'did', value });
    await act(person, 'Form Sent', { form: '資料請求' });
    expect(await sent(person)).toBe(false);
    await act(person, 'Form Sent', { form: '来店' });
    expect(await sent(person)).toBe(true);
  });
});

describe('messages', () => {
  it('move people as they open them; machines do not', async () => {
    const [reader, other] = [await newCustomer(), await newCustomer()];
    const made = await admin.post('/crm/campaigns', { name: '冬の便り' });
    const { documentId } = (made.body as { data: { documentId: string } }).data;
    const row: { id: number } | undefined = await db()('crm_campaigns')
      .where({ document_id: documentId })
      .first('id');
    const messageIds: number[] = [];
    for (const customerId of [reader, other]) {
      const [message]: { id: number }[] = await db()('crm_messages')
        .insert({
          campaign_id: row?.id,
          customer_id: customerId,
          channel: 'email',
          stream: 'marketing',
          unique_key: `reaction-${customerId}`,
          locale: 'ja',
          status: 'accepted',
          guard_verdict: 'allow',
          retry_key: 'r',
          due_at: NOW,
          created_at: NOW,
          sent_at: NOW - HOUR,
        })
        .returning('id');
      messageIds.push(message?.id ?? 0);
    }
    const clause = (field: string, option: string | null): Rule => ({
      field: `delivery.${field}`,
      operator: 'did',
      value: { option, times: 1, within: { count: 1, unit: 'days' } },
    });
    const received = await segmentOf(clause('received', documentId));
    const opened = await segmentOf(clause('opened', documentId));
    const clicked = await segmentOf(clause('clicked', null));
    const openedOther = await segmentOf(clause('opened', 'another'));
    const { OPEN, messagePayload } = compiled<
      typeof import('../../../src/plugins/crm/server/delivery/domain/tracking-token')
    >('delivery/domain/tracking-token');
    const { sign, crmConfig } = kernel();
    const pixel = (id: number | undefined, userAgent: string) => {
      const token = sign(crmConfig(app.strapi).secret, OPEN, messagePayload(id ?? 0));
      return fetch(`${app.origin}/o/${token}.gif`, { headers: { 'user-agent': userAgent } });
    };
    const person = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15';
    expect((await pixel(messageIds[0], person)).status).toBe(200);
    expect((await pixel(messageIds[1], 'Googlebot/2.1')).status).toBe(200);
    const ofBoth = async (is: (id: number) => Promise<boolean>) => [
      await is(reader),
      await is(other),
    ];
    expect(await ofBoth(received)).toEqual([true, true]);
    expect(await ofBoth(opened)).toEqual([true, false]);
    expect(await ofBoth(clicked)).toEqual([false, false]);
    expect(await ofBoth(openedOther)).toEqual([false, false]);
  });
});

describe('LINE', () => {
  it('says who is a friend, who has blocked us and who is neither', async () => {
    const [friend, stranger] = [await newCustomer(), await newCustomer()];
    const state = (value: string) =>
      segmentOf({ field: 'line.friend', operator: 'in', value: [value] });
    const [following, blocked, none] = [
      await state('following'),
      await state('blocked'),
      await state('none'),
    ];
    const { lineFriendChanged } =
      compiled<typeof import('../../../src/plugins/crm/server/line')>('line');
    const become = (status: string) =>
      kernel().inTransaction(app.strapi, async (unit) => {
        const key = { account: 'main', user_id: 'Ureaction' };
        await unit
          .trx('crm_line_friends')
          .insert({ ...key, customer_id: friend, status, status_at: NOW, last_event_at: NOW })
          .onConflict(['account', 'user_id'])
          .merge(['status']);
        await unit.publish(lineFriendChanged, { customerId: friend });
      });
    const states = async (id: number) => [await following(id), await blocked(id), await none(id)];
    expect(await states(friend)).toEqual([false, false, true]);
    await become('following');
    expect(await states(friend)).toEqual([true, false, false]);
    await become('blocked');
    expect(await states(friend)).toEqual([false, true, false]);
    expect(await states(stranger)).toEqual([false, false, true]);
  });
});
