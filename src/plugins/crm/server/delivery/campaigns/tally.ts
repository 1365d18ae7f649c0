/** Counts candidates as the expansion would write them: each person once, and what she costs. */
import type { AudienceReach, GuardReason } from '../../../shared/delivery';

import type { Candidate } from '../store/candidates';

/** Yen for the message to this address; null: nobody said what it costs. */
export type PriceOfMessage = (channel: string, address: string) => number | null;

export class Tally {
  constructor(
    private readonly holdoutPercent: number,
    private readonly price: PriceOfMessage,
  ) {}

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

  /** Null where the price of one of them is not known. */
  private cost(channel: string, projected: (sum: number) => number): number | null {
    let sum = 0;
    for (const address of this.reachable.get(channel) ?? []) {
      const price = this.price(channel, address);
      if (price === null) return null;
      sum += price;
    }
    return projected(sum);
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
        cost: this.cost(channel, (sum) => project(sum * share)),
      })),
      capped: project((wanted - this.uncapped.size) * share),
      blocked: [...blocked].map(([reason, people]) => ({ reason, people: project(people) })),
      isEstimate: total > seen,
    };
  }
}
