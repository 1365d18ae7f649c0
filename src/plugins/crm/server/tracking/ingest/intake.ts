/** The one queue of a Strapi through which events come in over HTTP. */
import type { Core } from '@strapi/strapi';

import { GroupCommit } from './group-commit';
import { writeIncoming, type Incoming } from './write';

/** About ten milliseconds on SQLite, while which no page is answered. */
const MOST_ROWS = 500;
const MOST_WAITING = 25_000;

const intakes = new WeakMap<object, GroupCommit<Incoming>>();

export function intakeOf(strapi: Core.Strapi): GroupCommit<Incoming> {
  const existing = intakes.get(strapi);
  if (existing) return existing;
  const made = new GroupCommit<Incoming>({
    commit: (group) => writeIncoming(strapi, group),
    rowsOf: ({ calls }) => calls.length,
    mostRows: MOST_ROWS,
    mostWaiting: MOST_WAITING,
  });
  intakes.set(strapi, made);
  return made;
}
