/** Messages that LINE itself refuses; sent on purpose, so they are kept out of the OpenAPI replay. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type * as deliveryFeature from '../../../src/plugins/crm/server/delivery';
import { compiled } from '../../support/crm';
import { startLineWorld, type LineWorld } from './world';

let world: LineWorld;
beforeAll(async () => {
  world = await startLineWorld({ replayed: false });
});
afterAll(() => world.stop());

it('a message that LINE refuses says which field was wrong', async () => {
  const { id } = await world.act('POST', 'users', { displayName: '花子', friend: true });
  const { deliveryService } = compiled<typeof deliveryFeature>('delivery');
  const line = deliveryService(world.app.strapi)
    .channels()
    .find(({ key }) => key === 'line');
  const contents = { type: 'bubble', size: 'enormous' };
  const message: deliveryFeature.OutboundMessage = {
    id: 1,
    campaignId: 1,
    customerId: 1,
    address: `main:${String(id)}`,
    stream: 'marketing',
    locale: 'ja',
    retryKey: randomUUID(),
    attempt: 1,
    firstHandedOverAt: null,
    isSentAgain: false,
    isPersonal: true,
    unsubscribeUrl: null,
    content: {
      subject: '',
      preheader: '',
      html: '',
      text: '',
      altText: '今週の新着',
      lineMessages: [{ type: 'flex', altText: '今週の新着', contents }],
    },
  };
  const outcomes = await line?.send([message], () => Promise.resolve(true));
  expect(outcomes).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('messages[0].contents.size') },
  ]);
});
