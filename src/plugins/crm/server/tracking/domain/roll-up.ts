/** Events that go, as counts that stay. Pure. */
import { dayOf } from './day';

export interface GoingEvent {
  readonly type: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly occurredAt: number;
}

export interface DayCount {
  readonly day: string;
  readonly type: string;
  readonly name: string;
  readonly is_bot: boolean;
  readonly events: number;
}

export function countByDay(events: readonly GoingEvent[], timeZone: string): DayCount[] {
  const counts = new Map<string, DayCount>();
  for (const { type, name, isBot, occurredAt } of events) {
    const day = dayOf(occurredAt, timeZone);
    const key = JSON.stringify([day, type, name, isBot]);
    const before = counts.get(key)?.events ?? 0;
    counts.set(key, { day, type, name, is_bot: isBot, events: before + 1 });
  }
  return [...counts.values()];
}
