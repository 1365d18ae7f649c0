/** The preference centre: topics, how often, a rest that ends by itself, and not to be tracked. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { pauseDays, weeklyWishes } from '../../shared/topics';
import { clock, database, inTransaction, type Locale, type PersonalData } from '../kernel';
import type { AccountPanel } from '../members';

import { stricter } from './domain/stricter-wishes';
import { unwilling, wishesOf, writeWishes } from './store/preferences';
import { listTopics } from './store/topics';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface PreferenceView {
  readonly topics: readonly {
    readonly id: number;
    readonly name: string;
    readonly description: string;
    readonly wanted: boolean;
  }[];
  /** Null: not resting, or over. */
  readonly pausedUntil: number | null;
  readonly weeklyMax: number | null;
  readonly isUntracked: boolean;
  readonly pauses: readonly number[];
  readonly weekly: readonly number[];
}

export async function preferencesOf(
  strapi: Core.Strapi,
  customerId: number,
  locale: Locale,
): Promise<PreferenceView> {
  const db = database(strapi);
  const wishes = await wishesOf(db, customerId);
  const now = clock(strapi).now().getTime();
  const isResting = wishes.pausedUntil !== null && wishes.pausedUntil > now;
  return {
    topics: (await listTopics(db)).map((topic) => ({
      id: topic.id,
      name: locale === 'ja' ? topic.nameJa : topic.nameEn,
      description: locale === 'ja' ? topic.descriptionJa : topic.descriptionEn,
      wanted: !wishes.refusedTopics.has(topic.id),
    })),
    pausedUntil: isResting ? wishes.pausedUntil : null,
    weeklyMax: wishes.weeklyMax,
    isUntracked: wishes.isUntracked,
    pauses: pauseDays,
    weekly: weeklyWishes,
  };
}

const chosen = (options: readonly number[]) =>
  z.unknown().transform((value) => options.find((option) => String(option) === value) ?? null);

/** What the form says; whatever else stands in a field means nothing. */
const formSchema = z.looseObject({
  weeklyMax: chosen(weeklyWishes),
  untracked: z.unknown().optional(),
  pause: z
    .unknown()
    .transform((value) => (value === 'keep' ? value : chosen(pauseDays).parse(value))),
});

/**
 * Topics that were not on the page stay as they are. `onlyLess`: whoever asks may ask for less, not
 * for more than the person herself wished. Answers whether everything was done as it was asked.
 */
export async function savePreferences(
  strapi: Core.Strapi,
  customerId: number,
  body: Readonly<Record<string, unknown>>,
  { onlyLess }: { readonly onlyLess: boolean },
): Promise<boolean> {
  const form = formSchema.parse(body);
  const db = database(strapi);
  const before = await wishesOf(db, customerId);
  const refusedTopics = new Set(before.refusedTopics);
  for (const { id } of await listTopics(db)) {
    if (body[`topic-${id}`] === 'on') refusedTopics.delete(id);
    else refusedTopics.add(id);
  }
  const now = clock(strapi).now().getTime();
  const pausedUntil =
    form.pause === 'keep' ? before.pausedUntil : form.pause && now + form.pause * DAY_MS;
  const asked = {
    refusedTopics,
    weeklyMax: form.weeklyMax,
    pausedUntil,
    isUntracked: form.untracked === 'on',
  };
  const wishes = onlyLess ? stricter(before, asked, now) : asked;
  await inTransaction(strapi, ({ trx }) => writeWishes(trx, customerId, wishes, now));
  return (
    wishes.refusedTopics.size === asked.refusedTopics.size &&
    wishes.weeklyMax === asked.weeklyMax &&
    wishes.pausedUntil === asked.pausedUntil &&
    wishes.isUntracked === asked.isUntracked
  );
}

export const isUntracked = async (strapi: Core.Strapi, customerId: number): Promise<boolean> =>
  (await wishesOf(database(strapi), customerId)).isUntracked;

/** Staff write down what she asked for; the rest of her wishes stays as it is. */
export async function refuseTracking(
  strapi: Core.Strapi,
  customerId: number,
  isRefused: boolean,
): Promise<void> {
  const now = clock(strapi).now().getTime();
  await inTransaction(strapi, async ({ trx }) => {
    const wishes = await wishesOf(trx, customerId);
    await writeWishes(trx, customerId, { ...wishes, isUntracked: isRefused }, now);
  });
}

/** The guard's question: who does not want this now. */
export const unwillingPeople = (
  strapi: Core.Strapi,
  topic: number | null,
  customerIds: readonly number[],
): Promise<Map<number, 'topic' | 'paused'>> =>
  unwilling(database(strapi), { topic, now: clock(strapi).now().getTime() }, customerIds);

/** On my page: what was chosen, and the way to choose otherwise. */
export const preferencesPanel = ({ strapi }: { strapi: Core.Strapi }): AccountPanel => ({
  key: 'preferences',
  panel: async ({ customerId }, locale) => ({
    template: 'delivery/preferences-panel',
    data: { preferences: await preferencesOf(strapi, customerId, locale) },
  }),
});

/** What a person asked for is hers: on her copy, and gone with her. */
export const preferenceData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'preferences',
  async copy(customerId) {
    const { topics, pausedUntil, weeklyMax, isUntracked } = await preferencesOf(
      strapi,
      customerId,
      'ja',
    );
    const refused = topics.filter(({ wanted }) => !wanted).map(({ name }) => name);
    const said = refused.length > 0 || pausedUntil !== null || weeklyMax !== null || isUntracked;
    return said ? [{ refusedTopics: refused, pausedUntil, weeklyMax, isUntracked }] : [];
  },
  erase: ({ trx }, customerId) =>
    writeWishes(
      trx,
      customerId,
      { refusedTopics: new Set(), pausedUntil: null, weeklyMax: null, isUntracked: false },
      0,
    ),
});
