/** Editing the rule: first what it would do, then doing it. */
import type { Core } from '@strapi/strapi';

import type { TierPreview, TierSettings } from '../../../shared/tiers';
import {
  database,
  heavyRead,
  inTransaction,
  jobs,
  refuse,
  success,
  translate,
  type Locale,
  type QueueWorker,
  type Result,
} from '../../kernel';
import { problemOfTiers } from './domain';
import { applying, beginApplying, currentRule, endApplying, saveRule, sinceOf } from './rule';
import { recalculateEverybody } from './service';
import { listTiers, movesQuery, peopleByTierQuery, replaceTiers } from './store';

const QUEUE = 'members.tiers';

async function peopleByTier(strapi: Core.Strapi): Promise<Record<string, number>> {
  const rows = await heavyRead<{ tier: string | null; people: number | string }>(
    strapi,
    peopleByTierQuery(database(strapi)),
  );
  return Object.fromEntries(rows.map((row) => [row.tier ?? '', Number(row.people)]));
}

/** The rule in force, without counting who is where: that reads everybody. */
export async function tierRule(strapi: Core.Strapi) {
  const tiers = await listTiers(strapi);
  return {
    rule: await currentRule(strapi),
    tiers: tiers.map(({ key, name, nameEn, minimum, color }) => ({
      key,
      name,
      nameEn,
      minimum,
      color,
    })),
  };
}

export async function tierSettings(strapi: Core.Strapi) {
  return {
    ...(await tierRule(strapi)),
    people: await peopleByTier(strapi),
    isApplying: (await applying(strapi)) !== null,
  };
}

async function checked(
  strapi: Core.Strapi,
  { tiers }: TierSettings,
  locale: Locale,
): Promise<Result<true>> {
  const problem = problemOfTiers(tiers);
  if (problem) {
    const code = `members.${problem.code}`;
    const path = `tiers.${problem.index}.minimum`;
    return refuse('kernel.invalid-input', 400, {
      fields: [{ path, code: problem.code, message: translate(strapi, locale, code) }],
    });
  }
  const kept = new Set(tiers.map(({ key }) => key));
  const people = await peopleByTier(strapi);
  const gone = (await listTiers(strapi)).find(({ key }) => !kept.has(key) && people[key]);
  return gone
    ? refuse('members.tier-in-use', 409, { params: { name: gone.name } })
    : success<true>(true);
}

interface MoveRow {
  readonly from: string | null;
  readonly to: string;
  readonly locked: boolean | number;
  readonly people: number | string;
}

/** How many people would move where. Nothing is written. */
export async function previewTiers(
  strapi: Core.Strapi,
  wish: TierSettings,
  locale: Locale,
): Promise<Result<TierPreview>> {
  const fine = await checked(strapi, wish, locale);
  if (!fine.ok) return fine;
  const query = movesQuery(database(strapi), wish.rule, wish.tiers, sinceOf(strapi, wish.rule));
  const rows = await heavyRead<MoveRow>(strapi, query);
  const rank = new Map(wish.tiers.map(({ key }, index) => [key, index]));
  const sum = (some: readonly MoveRow[]) =>
    some.reduce((total, { people }) => total + Number(people), 0);
  const free = rows.filter(({ locked }) => !locked);
  const moves = free.filter(({ from, to }) => from !== to);
  const isUp = ({ from, to }: MoveRow) => (rank.get(to) ?? 0) > (rank.get(from ?? '') ?? -1);
  return success({
    up: sum(moves.filter(isUp)),
    down: sum(moves.filter((row) => !isUp(row))),
    same: sum(free) - sum(moves),
    locked: sum(rows) - sum(free),
    moves: moves.map(({ from, to, people }) => ({ from: from ?? '', to, people: Number(people) })),
  });
}

/** Saves, and moves everybody in the background. */
export async function saveTiers(
  strapi: Core.Strapi,
  wish: TierSettings,
  locale: Locale,
): Promise<Result<true>> {
  const fine = await checked(strapi, wish, locale);
  if (!fine.ok) return fine;
  await inTransaction(strapi, async () => {
    await replaceTiers(strapi, wish.tiers);
    await saveRule(strapi, wish.rule);
    await beginApplying(strapi);
  });
  jobs(strapi).enqueue(QUEUE, 'everybody');
  return success(true);
}

/** What a save has begun; also called each night, for a node that died half-way. */
export async function applyTiers(strapi: Core.Strapi): Promise<void> {
  for (let save = await applying(strapi); save !== null; save = await applying(strapi)) {
    await recalculateEverybody(strapi);
    await endApplying(strapi, save);
  }
}

export const tiersWorker: QueueWorker = {
  queue: QUEUE,
  concurrency: 1,
  work: ({ strapi }) => applyTiers(strapi),
};
