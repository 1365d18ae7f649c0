/** Contracts of scheduled publishing. */
import { z } from 'zod';

export const PUBLICATION_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export const PUBLICATION_ACTIONS = ['publish', 'unpublish'] as const;
export type PublicationAction = (typeof PUBLICATION_ACTIONS)[number];

const instant = z.iso.datetime({ offset: true });

/** Which entry, in which language; no language where the type is not translated. */
export const publicationTargetSchema = z.object({
  uid: z.string().min(3).max(200),
  documentId: z.string().min(1).max(64),
  locale: z.string().max(20).default(''),
});
export type PublicationTarget = z.output<typeof publicationTargetSchema>;

/** What is planned for one entry: both times at once, null for none. */
export const publicationPlanSchema = publicationTargetSchema.extend({
  publishAt: instant.nullable(),
  unpublishAt: instant.nullable(),
});
export type PublicationPlan = z.output<typeof publicationPlanSchema>;

export const publicationPlanAnswerSchema = z.object({
  data: z.object({
    publishAt: instant.nullable(),
    unpublishAt: instant.nullable(),
    /** Why the last one did not happen; null when nothing went wrong. */
    failed: z.string().nullable(),
  }),
});

/** A row of `GET /crm/publications`. */
export const publicationSchema = z.object({
  id: z.number(),
  uid: z.string(),
  documentId: z.string(),
  locale: z.string(),
  action: z.enum(PUBLICATION_ACTIONS),
  dueAt: z.iso.datetime(),
  state: z.enum(PUBLICATION_STATES),
  error: z.string().nullable(),
  title: z.string(),
  /** Display name of the content type. */
  type: z.string(),
});
export type Publication = z.output<typeof publicationSchema>;
