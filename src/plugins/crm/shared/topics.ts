/** What people may choose to hear about. */
import { z } from 'zod';

const text = (max: number) => z.string().trim().max(max);

export const topicInputSchema = z.object({
  nameJa: text(60).min(1),
  nameEn: text(60).min(1),
  descriptionJa: text(200).default(''),
  descriptionEn: text(200).default(''),
});
export type TopicInput = z.infer<typeof topicInputSchema>;

export const topicSchema = topicInputSchema.extend({
  id: z.number().int(),
  /** People who do not want it. */
  refusals: z.number(),
});
export type Topic = z.infer<typeof topicSchema>;

export const topicListSchema = z.object({ data: z.array(topicSchema) });
export const topicAnswerSchema = z.object({ data: topicSchema });

/** Whether what one person opens and clicks is noted; staff change it at her wish. */
export const trackingWishSchema = z.object({ isUntracked: z.boolean() });
export type TrackingWish = z.infer<typeof trackingWishSchema>;
export const trackingWishAnswerSchema = z.object({ data: trackingWishSchema });

/** How many days a person can rest. */
export const pauseDays = [7, 30, 90] as const;
/** Advertising messages a week that a person can ask for at most. */
export const weeklyWishes = [1, 2, 3] as const;
