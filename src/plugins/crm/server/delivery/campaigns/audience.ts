/** Who would be reached now: the expansion's own query, read instead of written. */
import type { Core } from '@strapi/strapi';

import type { AudienceReach, CampaignInput, GuardReason } from '../../../shared/delivery';
import { clock, database, heavyRead, refuse, success, type Result } from '../../kernel';

import { overCap } from '../frequency';
import { suppressedRows } from '../guard';
import { channelsOf } from '../outbox/configured-channels';
import { unwillingPeople } from '../preferences';
import { quietNow, sendingRules } from '../rules';
import { candidates, type Candidate } from '../store/expansion';

import { entryGate, type EntryGate } from './entry-gate';
import { peopleOf, type People } from './people';
import { quotaViews } from './quota-view';

const RANGE = 5_000;
/** People looked at one by one; beyond it the shares so far are projected on the rest. */
const LOOKED_AT = 50_000;

type Asked = Pick<
  CampaignInput,
  'segment' | 'channels' | 'channelRule' | 'source' | 'resendOf' | 'holdoutPercent' | 'topic'
>;

class Tally {
  constructor(private readonly holdoutPercent: number) {}

  private readonly people = new Map<number, GuardReason | null>();
  private readonly channels = new Map<string, number>();
  private readonly addresses = new Set<string>();
  private readonly reachable = new Map<string, string[]>();
  private readonly uncapped = new Set<number>();

  /** `isCapped`: the house's rules would keep it back just now. */
  add(row: Candidate, refused: GuardReason | null, isCapped: boolean): void {
    const known = this.people.get(row.customer_id);
    const reason = refused ?? this.duplicate(row);
    if (known === undefined || (known !== null && reason === null)) {
      this.people.set(row.customer_id, reason);
    }
    if (reason === null) {
      if (!isCapped) this.uncapped.add(row.customer_id);
      this.channels.set(row.channel, (this.channels.get(row.channel) ?? 0) + 1);
      const addresses = this.reachable.get(row.channel) ?? [];
      this.reachable.set(row.channel, addresses);
      addresses.push(row.address ?? '');
    }
  }

  private duplicate(row: Candidate): GuardReason | null {
    const key = `${row.channel} ${row.address ?? ''}`;
    if (this.addresses.has(key)) return 'duplicate-address';
    this.addresses.add(key);
    return null;
  }

  private project(people: number, total: number): number {
    const seen = this.people.size;
    return seen === 0 ? 0 : Math.round((people * Math.max(total, seen)) / seen);
  }

  /** How many one sender would write to. */
  needed(sender: { channel: string; addressPrefix: string }, total: number): number {
    const addresses = this.reachable.get(sender.channel) ?? [];
    const own = addresses.filter((address) => address.startsWith(sender.addressPrefix));
    return this.project(own.length, total);
  }

  reach(total: number): Omit<AudienceReach, 'quotas' | 'quietUntil'> {
    const seen = this.people.size;
    const project = (people: number) => this.project(people, total);
    const blocked = new Map<GuardReason, number>();
    for (const reason of this.people.values()) {
      if (reason) blocked.set(reason, (blocked.get(reason) ?? 0) + 1);
    }
    const wanted = seen - [...blocked.values()].reduce((sum, people) => sum + people, 0);
    const held = Math.round((wanted * this.holdoutPercent) / 100);
    if (held > 0) blocked.set('holdout', held);
    const share = wanted === 0 ? 0 : (wanted - held) / wanted;
    return {
      total: Math.max(total, seen),
      reached: project(wanted - held),
      channels: [...this.channels].map(([channel, people]) => ({
        channel,
        people: project(people * share),
      })),
      capped: project((wanted - this.uncapped.size) * share),
      blocked: [...blocked].map(([reason, people]) => ({ reason, people: project(people) })),
      isEstimate: total > seen,
    };
  }
}

export async function audienceOf(
  strapi: Core.Strapi,
  asked: Asked,
): Promise<Result<AudienceReach>> {
  if (!asked.segment && asked.resendOf === null) return refuse('delivery.segment-missing', 400);
  const channels = channelsOf(strapi, asked.channels);
  if (channels.length === 0) return refuse('delivery.channel-unknown', 400);
  const gate = asked.source ? await entryGate(strapi, asked) : null;
  const people = await peopleOf(strapi, asked);
  const tally = new Tally(asked.holdoutPercent);
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
  const quotas = await quotaViews(strapi, asked.channels, (sender) => tally.needed(sender, total));
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
  const channels = channelsOf(strapi, asked.channels);
  const members = people.query(db, { after, through });
  const found = await heavyRead<Candidate>(
    strapi,
    candidates(db, { members, channels, rule: asked.channelRule, after, through }),
  );
  const withheld = gate ? await gate(ids) : new Set<number>();
  const suppressed = new Set<number>();
  const numbered = found.map((row, id) => ({ ...row, id }));
  for (const channel of channels) {
    const own = numbered.filter((row) => row.channel === channel.key && row.reason === null);
    for (const id of await suppressedRows(db, channel.consentChannel, own)) suppressed.add(id);
  }
  const unwilling = await unwillingPeople(strapi, asked.topic, { after, through });
  const reasonOf = (row: (typeof numbered)[number]): GuardReason | null => {
    if (row.reason !== null) return row.reason as GuardReason;
    if (suppressed.has(row.id)) return 'suppressed';
    const unwanted = unwilling.get(row.customer_id);
    if (unwanted) return unwanted;
    return withheld.has(row.customer_id) ? 'access' : null;
  };
  const allowed = numbered.filter((row) => reasonOf(row) === null);
  const now = clock(strapi).now().getTime();
  const rows = { rows: allowed, own: [] };
  const { blocked: capped } = await overCap(db, await sendingRules(strapi), rows, now);
  for (const row of numbered) tally.add(row, reasonOf(row), capped.has(row.id));
}
