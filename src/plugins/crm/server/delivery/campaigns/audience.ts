/** Who would be reached now: the expansion's own query, read instead of written. */
import type { Core } from '@strapi/strapi';

import type { AudienceReach, CampaignInput, GuardReason } from '../../../shared/delivery';
import { clock, database, heavyRead, refuse, success, type Result } from '../../kernel';

import { overCap } from '../frequency';
import { suppressedRows } from '../guard';
import { channelsFor } from '../outbox/configured-channels';
import { quietNow, sendingRules } from '../rules';
import { candidates, type Candidate } from '../store/candidates';

import { entryGate, type EntryGate } from './entry-gate';
import { peopleOf, type People } from './people';
import { pricesOf } from './prices';
import { quotaViews } from './quota-view';
import { Tally } from './tally';

const RANGE = 5_000;
/** People looked at one by one; beyond it the shares so far are projected on the rest. */
const LOOKED_AT = 50_000;

type Asked = Pick<
  CampaignInput,
  | 'segment'
  | 'channels'
  | 'channelRule'
  | 'senders'
  | 'source'
  | 'resendOf'
  | 'holdoutPercent'
  | 'topic'
>;

export async function audienceOf(
  strapi: Core.Strapi,
  asked: Asked,
): Promise<Result<AudienceReach>> {
  if (!asked.segment && asked.resendOf === null) return refuse('delivery.segment-missing', 400);
  const channels = channelsFor(strapi, asked);
  if (channels.length === 0) return refuse('delivery.channel-unknown', 400);
  const gate = asked.source ? await entryGate(strapi, asked) : null;
  const people = await peopleOf(strapi, asked);
  const tally = new Tally(asked.holdoutPercent, await pricesOf(strapi, asked.source, channels));
  let seen = 0;
  for (let after = 0; seen < LOOKED_AT;) {
    const ids = await people.ids({ after, limit: RANGE });
    const through = ids.at(-1);
    if (through === undefined) break;
    await tallyRange(strapi, asked, { people, after, through, ids, gate }, tally);
    seen += ids.length;
    after = through;
  }
  const total = seen < LOOKED_AT ? seen : await people.count();
  const quotas = await quotaViews(strapi, asked, (sender) => tally.needed(sender, total));
  const quietUntil = quietNow(strapi, await sendingRules(strapi))?.getTime() ?? null;
  return success({ ...tally.reach(total), quietUntil, quotas });
}

interface RangeOfPeople {
  readonly after: number;
  readonly through: number;
  readonly ids: readonly number[];
  readonly gate: EntryGate | null;
  readonly people: People;
}

async function tallyRange(
  strapi: Core.Strapi,
  asked: Asked,
  { people, after, through, ids, gate }: RangeOfPeople,
  tally: Tally,
): Promise<void> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const channels = channelsFor(strapi, asked);
  const members = people.query(db, { after, through });
  const found = await heavyRead<Candidate>(
    strapi,
    candidates(db, {
      members,
      channels,
      rule: asked.channelRule,
      topic: asked.topic,
      now,
      after,
      through,
    }),
  );
  const withheld = gate ? await gate(ids) : new Set<number>();
  const suppressed = new Set<number>();
  const numbered = found.map((row, id) => ({ ...row, id }));
  for (const channel of channels) {
    const own = numbered.filter((row) => row.channel === channel.key && row.reason === null);
    for (const id of await suppressedRows(db, channel.consentChannel, own)) suppressed.add(id);
  }
  const reasonOf = (row: (typeof numbered)[number]): GuardReason | null => {
    if (row.reason !== null) return row.reason as GuardReason;
    if (suppressed.has(row.id)) return 'suppressed';
    return withheld.has(row.customer_id) ? 'access' : null;
  };
  const allowed = numbered.filter((row) => reasonOf(row) === null);
  const rows = { rows: allowed, own: [] };
  const { blocked: capped } = await overCap(db, await sendingRules(strapi), rows, now);
  for (const row of numbered) tally.add(row, reasonOf(row), capped.has(row.id));
}
