import { z } from 'zod';

/** What LINE reckons about its users and tells nobody; only LINE itself can choose by it. */
export const lineGenders = ['male', 'female'] as const;
export const lineAges = [15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70] as const;
export const lineAppTypes = ['ios', 'android'] as const;
/** Days since a person became a friend. */
export const lineFriendDays = [7, 30, 90, 180, 365] as const;

const oneOf = (numbers: readonly number[]) => z.number().refine((value) => numbers.includes(value));
const ages = oneOf(lineAges).nullable().default(null);
const days = oneOf(lineFriendDays).nullable().default(null);
const inOrder = ({ from, below }: { from: number | null; below: number | null }) =>
  from === null || below === null || from < below;

const prefecture = z.string().regex(/^jp_(?:0[1-9]|[1-3]\d|4[0-7])$/);

/** An empty list and null ask for nothing. */
export const lineNarrowingSchema = z
  .object({
    genders: z.array(z.enum(lineGenders)).max(2).default([]),
    ages: z.object({ from: ages, below: ages }).refine(inOrder).nullable().default(null),
    appTypes: z.array(z.enum(lineAppTypes)).max(2).default([]),
    /** Prefectures of Japan by LINE's names: `jp_01` is 北海道, `jp_13` is 東京都. */
    areas: z.array(prefecture).max(47).default([]),
    friendDays: z.object({ from: days, below: days }).refine(inOrder).nullable().default(null),
  })
  .refine(
    ({ genders, ages: years, appTypes, areas, friendDays }) =>
      genders.length + appTypes.length + areas.length > 0 || years !== null || friendDays !== null,
  );
export type LineNarrowing = z.infer<typeof lineNarrowingSchema>;
