/**
 * The server is killed while events come in: whatever it has answered for is in the log, and what it
 * has not answered for may be sent again without being written twice. With `npm run faults` 100 times.
 */
import { randomInt } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { tellFaults } from '../../support/fault-report';
import { startNode, type NodeProcess } from '../../support/node-process';
import { send } from './sending';

const SENDERS = 8;
const KILLS = Number(process.env.FAULT_KILLS ?? 2);
/** After so many answers, at least and at most. */
const EARLIEST = 50;
const LATEST = 400;
/** A node that is killed has to be started. */
const LONGEST_MS = 300_000 + KILLS * 60_000;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);

type Batch = readonly string[];

const bodyOf = (sender: string, ids: Batch) => ({
  batch: ids.map((messageId) => ({
    type: 'track',
    anonymousId: sender,
    event: 'Before The Kill',
    messageId,
  })),
});

const tell = async ({ origin }: NodeProcess, sender: string, ids: Batch): Promise<void> => {
  const { status } = await send({ origin }, 'batch', { body: bodyOf(sender, ids) });
  if (status !== 200) throw new Error(`answered ${status}`);
};

/** Sends until nobody answers any more; batches of one to seven. Answers the one that got no answer. */
async function sendUntilDead(
  node: NodeProcess,
  sender: string,
  onAnswer: (ids: Batch) => void,
): Promise<Batch> {
  for (let number = 0; ; number += 1) {
    const size = 1 + (number % 7);
    const ids = Array.from({ length: size }, (_, index) => `${sender}-${number}-${index}`);
    try {
      await tell(node, sender, ids);
    } catch {
      return ids;
    }
    onAnswer(ids);
  }
}

/** Killed after so many answers: what was answered for, and what was not. */
async function killed(node: NodeProcess, round: number, after: number) {
  const acknowledged: string[] = [];
  let answers = 0;
  let dying: Promise<void> | undefined;
  const onAnswer = (ids: Batch) => {
    acknowledged.push(...ids);
    answers += 1;
    if (answers === after) dying = node.stop();
  };
  const senders = Array.from({ length: SENDERS }, (_, sender) => `kill-${round}-${sender}`);
  const cutOff = await Promise.all(senders.map((sender) => sendUntilDead(node, sender, onAnswer)));
  await dying;
  expect(answers).toBeGreaterThanOrEqual(after);
  return { acknowledged, cutOff: new Map(senders.map((sender, at) => [sender, cutOff[at] ?? []])) };
}

async function written(round: number): Promise<Map<string, number>> {
  const rows: { message_id: string }[] = await db()('crm_events')
    .where('message_id', 'like', `kill-${round}-%`)
    .select('message_id');
  const times = new Map<string, number>();
  for (const { message_id: id } of rows) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

async function expectWhole(): Promise<void> {
  if (kernel().isPostgres(db())) return;
  expect(await db().raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}

it(
  'loses nothing that was answered for, and doubles nothing that is sent again',
  async () => {
    const moments = Array.from({ length: KILLS }, () => randomInt(EARLIEST, LATEST));
    let events = 0;
    let node = await startNode();
    for (const [round, after] of moments.entries()) {
      const told = `killed after ${after} answers`;
      const { acknowledged, cutOff } = await killed(node, round, after);
      await expectWhole();
      const kept = await written(round);
      expect(
        acknowledged.filter((id) => !kept.has(id)),
        told,
      ).toEqual([]);
      // Whoever got no answer says it again, as Segment's libraries do.
      node = await startNode();
      for (const [sender, ids] of cutOff) await tell(node, sender, ids);
      const all = [...acknowledged, ...[...cutOff.values()].flat()];
      const again = await written(round);
      expect(
        all.filter((id) => again.get(id) !== 1),
        told,
      ).toEqual([]);
      expect(again.size, told).toBe(all.length);
      events += all.length;
    }
    await node.stop();
    tellFaults({ kills: KILLS, answered: events, lost: 0, doubled: 0 });
  },
  LONGEST_MS,
);
