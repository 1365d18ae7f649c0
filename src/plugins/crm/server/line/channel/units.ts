/** What LINE itself tells of a campaign: who saw and clicked, added up, never by name. */
import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, type Schedule } from '../../kernel';
import type { SenderFigures } from '../../delivery';
import { lineAccount, lineClient } from '../client';
import { narrowcastOutcome } from '../domain/narrowcast-outcome';
import { countedSince, daysToAsk, unitOfCampaign } from '../domain/unit';
import {
  keepFigures,
  narrowcastsOfCampaign,
  noteUnit,
  unitsOfCampaign,
  unitsToAsk,
} from '../store';
import type { Sendable } from './sendable';

/** Sent under a name for the first time, by this process: every batch after needs no note. */
const noted = new WeakMap<object, Set<string>>();

/** Rows of one batch are of one campaign, or of none. */
export async function unitOfBatch(
  strapi: Core.Strapi,
  ready: readonly Sendable[],
  now: number,
): Promise<string | undefined> {
  const campaignId = ready[0]?.message.campaignId ?? null;
  if (campaignId === null) return undefined;
  const unit = unitOfCampaign(campaignId);
  const known = noted.get(strapi) ?? new Set<string>();
  noted.set(strapi, known);
  for (const account of new Set(ready.map((each) => each.account))) {
    const key = `${account}:${unit}`;
    if (known.has(key)) continue;
    if (await note(strapi, { account, campaignId, unit }, now)) known.add(key);
  }
  return unit;
}

/** A message is worth more than its figures: it goes out also when the note cannot be written. */
async function note(
  strapi: Core.Strapi,
  unit: Parameters<typeof noteUnit>[1],
  now: number,
): Promise<boolean> {
  try {
    await noteUnit(database(strapi), unit, now);
    return true;
  } catch (error) {
    strapi.log.warn(`crm: ${unit.unit} was not noted for LINE's figures: ${String(error)}`);
    return false;
  }
}

/** LINE takes 60 questions an hour and account. */
const QUESTIONS = 50;

async function askAll(strapi: Core.Strapi, now: number): Promise<void> {
  const db = database(strapi);
  for (const account of crmConfig(strapi).line.accounts) {
    const asked = { account: account.key, since: countedSince(now) };
    const units = await unitsToAsk(db, asked, QUESTIONS);
    for (const { id, unit, firstSentAt } of units) {
      const { from, to } = daysToAsk(firstSentAt, now);
      const answer = await lineClient(strapi, account).unitStatistics(unit, from, to);
      if (answer.ok) await keepFigures(db, id, answer.value, now);
      // Too fast, no access, nobody there: the others would hear the same.
      else if (answer.problem.kind !== 'invalid') break;
    }
  }
}

/** Every hour; what was asked least lately comes first. */
export const unitStatistics: Schedule = {
  name: 'line.unit-statistics',
  cron: '23 * * * *',
  run: ({ strapi }) => askAll(strapi, clock(strapi).now().getTime()),
};

/** For the campaign's report: what became of its units and of its narrowcast, by account. */
export async function figuresOf(strapi: Core.Strapi, campaignId: number): Promise<SenderFigures[]> {
  const db = database(strapi);
  const units = new Map(
    (await unitsOfCampaign(db, campaignId)).map((unit) => [unit.account, unit]),
  );
  const narrowcasts = new Map(
    (await narrowcastsOfCampaign(db, campaignId)).map((narrowcast) => [
      narrowcast.account,
      {
        fitting: narrowcast.targetCount,
        reached: narrowcast.successCount,
        outcome: narrowcastOutcome(narrowcast),
      },
    ]),
  );
  return [...new Set([...units.keys(), ...narrowcasts.keys()])].map((account) => ({
    sender: lineAccount(strapi, account)?.name ?? account,
    asOf: units.get(account)?.askedAt ?? null,
    uniqueImpressions: units.get(account)?.uniqueImpressions ?? null,
    uniqueClicks: units.get(account)?.uniqueClicks ?? null,
    narrowed: narrowcasts.get(account) ?? null,
  }));
}
