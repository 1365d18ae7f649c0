/**
 * Friends from before we listened: page by page as LINE lists them, then their names at a pace. Each
 * step is written down with where to go on, so that a crash or a "stop" costs one step. Nobody is
 * greeted: they added the account long ago.
 */
import type { Core } from '@strapi/strapi';

import type { FollowerImport } from '../../../shared/line-import';
import {
  clock,
  crmConfig,
  database,
  inTransaction,
  jobs,
  refuse,
  success,
  type LineAccountConfig,
  type QueueWorker,
  type Result,
  type Schedule,
} from '../../kernel';
import { lineFriendChanged } from '..';
import { atOnce } from '../channel/at-once';
import { lineAccount, lineClient } from '../client';
import { describeProblem, type LineProblem } from '../domain/api-error';
import {
  addFollowers,
  allImports,
  beginImport,
  claimImport,
  endStep,
  followAgain,
  linkKnown,
  nameless,
  profileAsked,
  setProfile,
  stopImport,
  type ImportStep,
  type StoredImport,
} from '../store';

const QUEUE = 'line.follower-import';
/** A step is one page or so many names; longer than it ever takes with LINE's silences. */
const LEASE_MS = 120_000;
/** LINE gives sixty pages an hour. */
const REST_MS = 60_000;
const NAMES_A_STEP = 100;
const NAMES_AT_ONCE = 8;

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

const rested = (problem: LineProblem, now: number): ImportStep => ({
  problem: describeProblem(problem),
  dueAt: now + REST_MS,
});

/** One page of LINE's list. */
async function readPage(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  { cursor }: StoredImport,
): Promise<ImportStep> {
  const listedAt = nowOf(strapi);
  const page = await lineClient(strapi, account).followers(cursor);
  if (!page.ok) {
    if (page.problem.kind === 'forbidden') return { state: 'refused' };
    // A page is known for a day: what was stopped for longer begins again, and changes nothing twice.
    if (page.problem.kind === 'invalid' && cursor !== null) return { cursor: null };
    return rested(page.problem, listedAt);
  }
  const { userIds, next } = page.value;
  const added = await inTransaction(strapi, async (unit) => {
    const fresh = await addFollowers(unit.trx, account.key, userIds, listedAt);
    const back = await followAgain(unit.trx, account.key, userIds, listedAt);
    const known = await linkKnown(unit.trx, account.key, fresh, listedAt);
    for (const customerId of new Set([...back, ...known])) {
      await unit.publish(lineFriendChanged, { customerId });
    }
    return fresh.length;
  });
  return { found: userIds.length, added, cursor: next, isListed: next === null };
}

/** Some names. Who shows none to accounts stays nameless. */
async function readNames(strapi: Core.Strapi, account: LineAccountConfig): Promise<ImportStep> {
  const client = lineClient(strapi, account);
  const waiting = await nameless(database(strapi), account.key, NAMES_A_STEP);
  if (waiting.length === 0) return { state: 'done' };
  let named = 0;
  let problem: LineProblem | undefined;
  await atOnce(waiting, NAMES_AT_ONCE, async (userId) => {
    if (problem) return;
    const profile = await client.profile(userId, { inTurn: true });
    if (profile.ok) {
      await setProfile(database(strapi), { account: account.key, userId }, profile.value);
    } else if (profile.problem.kind !== 'not-found') {
      problem = profile.problem;
      return;
    }
    await profileAsked(database(strapi), account.key, userId);
    named += 1;
  });
  return problem ? { named, ...rested(problem, nowOf(strapi)) } : { named };
}

/** Works on it until it is done, waits for LINE, or somebody stops it. */
async function work(strapi: Core.Strapi, account: LineAccountConfig): Promise<void> {
  const db = database(strapi);
  while (!jobs(strapi).isStopping) {
    const now = nowOf(strapi);
    const claimed = await claimImport(db, account.key, { now, lease: now + LEASE_MS });
    if (!claimed) return;
    const step = claimed.isListed
      ? await readNames(strapi, account)
      : await readPage(strapi, account, claimed);
    await endStep(db, account.key, step, nowOf(strapi));
  }
}

export const followerImportWorker: QueueWorker = {
  queue: QUEUE,
  concurrency: 1,
  async work({ strapi }, key) {
    const account = lineAccount(strapi, key);
    if (account) await work(strapi, account);
  },
};

/** Goes on after a rest, a crash or a restart. */
export const followerImportSweep: Schedule = {
  name: 'line.follower-import-sweep',
  cron: '*/30 * * * * *',
  async run({ strapi }) {
    for (const { account: key, state } of await allImports(database(strapi))) {
      const account = lineAccount(strapi, key);
      if (account && state === 'running') await work(strapi, account);
    }
  },
};

const shown = ({ cursor: _cursor, isListed: _isListed, ...rest }: StoredImport): FollowerImport =>
  rest;

/** Of the accounts that are configured. */
export async function followerImports(strapi: Core.Strapi): Promise<FollowerImport[]> {
  const keys = crmConfig(strapi).line.accounts.map(({ key }) => key);
  return (await allImports(database(strapi)))
    .filter(({ account }) => keys.includes(account))
    .map(shown);
}

export async function wishImport(
  strapi: Core.Strapi,
  key: string,
  action: 'start' | 'stop',
): Promise<Result<FollowerImport[]>> {
  if (!lineAccount(strapi, key)) return refuse('line.unknown-account', 404);
  if (action === 'stop') await stopImport(database(strapi), key, nowOf(strapi));
  else {
    await beginImport(database(strapi), key, nowOf(strapi));
    if (crmConfig(strapi).jobs.enabled) jobs(strapi).enqueue(QUEUE, key);
  }
  return success(await followerImports(strapi));
}
