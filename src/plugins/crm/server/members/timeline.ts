import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database, translate, type Locale } from '../kernel';
import { planOptions } from './plans/conditions/plan';
import { memberEventsBefore, type MemberEvent } from './store/events';
import { tierNames } from './tiers/names';

type Names = ReadonlyMap<string, string>;

interface AllNames {
  readonly tiers: Names;
  readonly plans: Names;
  /** Stands where it was erased with the person. */
  readonly none: string;
}

/** Under what a tier or plan is known today; what is gone keeps the name of then. */
function nameOf({ type, detail }: MemberEvent, { tiers, plans, none }: AllNames) {
  const today = type === 'tier-changed' ? tiers.get(String(detail.to)) : undefined;
  return today ?? plans.get(String(detail.plan)) ?? detail.name ?? none;
}

const planNames = async (strapi: Core.Strapi, locale: Locale): Promise<Names> =>
  new Map((await planOptions(strapi, locale)).map(({ value, label }) => [value, label]));

/** What a member did with her account. */
export const memberTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'member',
  async entries({ locale, ...query }) {
    const events = await memberEventsBefore(database(strapi), query);
    const names = {
      tiers: await tierNames(strapi, locale),
      plans: await planNames(strapi, locale),
      none: translate(strapi, locale, 'members.erased-name'),
    };
    return events.map((event) => ({
      id: `member-${event.id}`,
      kind: 'member',
      type: event.type,
      at: event.at,
      title: {
        key: `timeline.member.${event.type}`,
        params: Object.fromEntries(
          Object.entries({ ...event.detail, name: nameOf(event, names) }).flatMap(([key, value]) =>
            value === null ? [] : [[key, value]],
          ),
        ),
      },
    }));
  },
});
