/** Contract of the report "pages before a purchase". */
import { z } from 'zod';

/** How far back a page still counts as one that led to the order. */
export const PATH_DAYS = 30;
/** Longer would keep the database busy for minutes. */
export const MOST_PATH_RANGE_DAYS = 366;
export const MOST_PATH_PAGES = 100;

const day = z.iso.date();

export const pagePathsQuerySchema = z
  .object({ from: day, to: day })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) < MOST_PATH_RANGE_DAYS, {
    path: ['to'],
  });
export type PagePathsQuery = z.output<typeof pagePathsQuerySchema>;

const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

export const pagePathSchema = z.object({
  page: z.string(),
  /** Orders whose customer saw the page in the days before. */
  orders: z.number(),
  /** How often it was seen before them. */
  views: z.number(),
});
export type PagePath = z.output<typeof pagePathSchema>;

export const pagePathsAnswerSchema = z.object({
  data: z.object({
    /** All orders of the time. */
    orders: z.number(),
    /** Those before which any page was seen. */
    withPages: z.number(),
    pages: z.array(pagePathSchema),
  }),
});
export type PagePaths = z.output<typeof pagePathsAnswerSchema>['data'];
