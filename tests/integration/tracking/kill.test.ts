/** The server is killed while events come in: whatever it has answered for is in the log. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { startNode } from '../../support/node-process';
import { send } from './sending';

const SENDERS = 8;
const KILLS = [150, 400] as const;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

/** Sends until nobody answers any more; batches of one to seven, each answered one noted. */
async function sendUntilDead(
  origin: string,
  name: string,
  acknowledged: Set<string>,
  onAnswer: () => void,
): Promise<void> {
  for (let number = 0; ; number += 1) {
    const ids = Array.from(
      { length: 1 + (number % 7) },
      (_, index) => `${name}-${number}-${index}`,
    );
    const batch = ids.map((messageId) => ({
      type: 'track',
      anonymousId: name,
      event: 'Before The Kill',
      messageId,
    }));
    try {
      const { status } = await send({ origin }, 'batch', { body: { batch } });
      if (status !== 200) throw new Error(`answered ${status}`);
    } catch {
      return;
    }
    for (const id of ids) acknowledged.add(id);
    onAnswer();
  }
}

it.each(KILLS)('loses nothing that was answered for, killed after %i answers', async (after) => {
  const acknowledged = new Set<string>();
  const node = await startNode();
  let answers = 0;
  let killed: Promise<void> | undefined;
  const onAnswer = () => {
    answers += 1;
    if (answers === after) killed = node.stop();
  };
  await Promise.all(
    Array.from({ length: SENDERS }, (_, sender) =>
      sendUntilDead(node.origin, `kill-${after}-${sender}`, acknowledged, onAnswer),
    ),
  );
  await killed;
  expect(answers).toBeGreaterThanOrEqual(after);
  const rows: { message_id: string }[] = await kernel()
    .database(app.strapi)('crm_events')
    .where('message_id', 'like', `kill-${after}-%`)
    .select('message_id');
  const written = new Set(rows.map((row) => row.message_id));
  expect([...acknowledged].filter((id) => !written.has(id))).toEqual([]);
});
