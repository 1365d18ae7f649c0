import { z } from 'zod';
import type { Channel, Demographics } from '../../state/model';

const MOST = 10;

/** To whom a narrowcast goes. */
export type Recipient =
  | { type: 'audience'; audienceGroupId: number }
  | {
      type: 'operator';
      and?: Recipient[] | undefined;
      or?: Recipient[] | undefined;
      not?: Recipient | undefined;
    };

const parts = <Item extends z.ZodType>(item: Item) => ({
  and: z.array(item).min(1).max(MOST).optional(),
  or: z.array(item).min(1).max(MOST).optional(),
  not: item.optional(),
});

export const recipientSchema: z.ZodType<Recipient> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('audience'), audienceGroupId: z.number().int() }),
    z.object({ type: z.literal('operator'), ...parts(recipientSchema) }),
  ]),
);

const AGES = [15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70];
const DAYS = [7, 30, 90, 180, 365];
const ages = z.enum(AGES.map((age) => `age_${age}`) as [string, ...string[]]).optional();
const days = z.enum(DAYS.map((day) => `day_${day}`) as [string, ...string[]]).optional();

/** What LINE's own knowledge narrows a narrowcast down to. */
export type Demographic =
  | { type: 'gender'; oneOf: ('male' | 'female')[] }
  | { type: 'age'; gte?: string | undefined; lt?: string | undefined }
  | { type: 'appType'; oneOf: ('ios' | 'android')[] }
  | { type: 'area'; oneOf: string[] }
  | { type: 'subscriptionPeriod'; gte?: string | undefined; lt?: string | undefined }
  | {
      type: 'operator';
      and?: Demographic[] | undefined;
      or?: Demographic[] | undefined;
      not?: Demographic | undefined;
    };

export const demographicSchema: z.ZodType<Demographic> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('gender'), oneOf: z.array(z.enum(['male', 'female'])).min(1) }),
    z.object({ type: z.literal('age'), gte: ages, lt: ages }),
    z.object({ type: z.literal('appType'), oneOf: z.array(z.enum(['ios', 'android'])).min(1) }),
    z.object({
      type: z.literal('area'),
      oneOf: z.array(z.string().regex(/^[a-z]{2}_\d\d$/)).min(1),
    }),
    z.object({ type: z.literal('subscriptionPeriod'), gte: days, lt: days }),
    z.object({ type: z.literal('operator'), ...parts(demographicSchema) }),
  ]),
);

interface Joined<Part> {
  and?: Part[] | undefined;
  or?: Part[] | undefined;
  not?: Part | undefined;
}

function joined<Part>({ and, or, not }: Joined<Part>, fits: (part: Part) => boolean): boolean {
  if (and) return and.every(fits);
  if (or) return or.some(fits);
  return not ? !fits(not) : true;
}

export function isAmong(channel: Channel, recipient: Recipient, userId: string): boolean {
  return recipient.type === 'audience'
    ? (channel.audiences.get(recipient.audienceGroupId)?.userIds.has(userId) ?? false)
    : joined(recipient, (part) => isAmong(channel, part, userId));
}

/** The audiences that are named. */
export function audiencesOf(recipient: Recipient): number[] {
  if (recipient.type === 'audience') return [recipient.audienceGroupId];
  const { and = [], or = [], not } = recipient;
  return [...and, ...or, ...(not ? [not] : [])].flatMap(audiencesOf);
}

const bound = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.split('_')[1]);

function between(value: number | undefined, gte?: string, lt?: string): boolean {
  if (value === undefined) return false;
  return value >= (bound(gte) ?? 0) && value < (bound(lt) ?? Number.POSITIVE_INFINITY);
}

const isOneOf = (list: readonly string[], value: string | undefined): boolean =>
  value !== undefined && list.includes(value);

/** Of whom LINE knows nothing, she fits nothing that asks for it. */
export function fits(filter: Demographic, person: Demographics): boolean {
  switch (filter.type) {
    case 'gender':
      return isOneOf(filter.oneOf, person.gender);
    case 'appType':
      return isOneOf(filter.oneOf, person.appType);
    case 'area':
      return isOneOf(filter.oneOf, person.area);
    case 'age':
      return between(person.age, filter.gte, filter.lt);
    case 'subscriptionPeriod':
      return between(person.friendDays, filter.gte, filter.lt);
    default:
      return joined(filter, (part) => fits(part, person));
  }
}
