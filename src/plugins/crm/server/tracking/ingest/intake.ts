/** The one queue of a Strapi through which events come in over HTTP. */
import type { Core } from '@strapi/strapi';

import { GroupCommit } from './group-commit';
import { writeIncoming, type Incoming } from './write';

/** About ten milliseconds on SQLite, while which no page is answered. */
const MOST_ROWS = 500;
const MOST_WAITING = 25_000;
/** At a thousand events a second some five of them share a transaction. */
const PACE_MS = 5;

const intakes = new WeakMap<object, GroupCommit<Incoming>>();

export function intakeOf(strapi: Core.Strapi): GroupCommit<Incoming> {
  const existing = intakes.get(strapi);
  if (existing) return existing;
  const made = new GroupCommit<Incoming>({
    commit: (group) => writeIncoming(strapi, group),
    rowsOf: ({ calls }) => calls.length,
    mostRows: MOST_ROWS,
    mostWaiting: MOST_WAITING,
    paceMs: PACE_MS,
  });
  intakes.set(strapi, made);
  return made;
}
