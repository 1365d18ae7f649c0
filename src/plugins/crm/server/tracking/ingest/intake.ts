/** The one queue of a Strapi through which events come in over HTTP. */
import type { Core } from '@strapi/strapi';

import { isVisited, letPagesPass } from '../../kernel';
import { GroupCommit } from './group-commit';
import { writeIncoming, type Incoming } from './write';

/** About ten milliseconds on SQLite, while which no page is answered. */
const MOST_ROWS = 500;
/** About two: where people read pages, one of them may be asked for just after it has begun. */
const MOST_ROWS_VISITED = 50;
const MOST_WAITING = 25_000;
/** At a thousand events a second some five of them share a transaction. */
const PACE_MS = 5;

const intakes = new WeakMap<object, GroupCommit<Incoming>>();

export function intakeOf(strapi: Core.Strapi): GroupCommit<Incoming> {
  const existing = intakes.get(strapi);
  if (existing) return existing;
  const made = new GroupCommit<Incoming>({
    commit: async (group) => {
      await letPagesPass(strapi);
      await writeIncoming(strapi, group);
    },
    rowsOf: ({ calls }) => calls.length,
    mostRows: () => (isVisited(strapi) ? MOST_ROWS_VISITED : MOST_ROWS),
    mostWaiting: MOST_WAITING,
    paceMs: PACE_MS,
  });
  intakes.set(strapi, made);
  return made;
}

/**
 * Resolves when all of it is in the log. Where people read pages a large request goes in parts: when
 * one of them fails, the sender brings the whole again, as after a crash.
 */
export async function takeIn(strapi: Core.Strapi, incoming: Incoming): Promise<void> {
  const { calls } = incoming;
  const intake = intakeOf(strapi);
  const most = isVisited(strapi) ? MOST_ROWS_VISITED : calls.length;
  const parts: Promise<void>[] = [];
  for (let start = 0; start < calls.length; start += most) {
    parts.push(intake.add({ ...incoming, calls: calls.slice(start, start + most) }));
  }
  await Promise.all(parts);
}
