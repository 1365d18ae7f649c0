/** Contracts of the health page: is everything in order, what is not, and who is told. */
import { z } from 'zod';

export const healthStates = ['green', 'yellow', 'red'] as const;
/** `yellow`: somebody should look at it today. `red`: something does not work now. */
export type HealthState = (typeof healthStates)[number];
const state = z.enum(healthStates);

export const healthItemSchema = z.object({
  key: z.string(),
  state,
  title: z.string(),
  /** How it stands. */
  says: z.string(),
  /** What to do about it; null while it is green. */
  todo: z.string().nullable(),
  /** Screen of the CRM where to do it. */
  path: z.string().nullable(),
});
export type HealthItem = z.infer<typeof healthItemSchema>;

export const healthNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  works: z.boolean(),
  startedAt: z.number(),
  seenAt: z.number(),
  isSilent: z.boolean(),
});
export type HealthNode = z.infer<typeof healthNodeSchema>;

export const healthIncidentSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  says: z.string(),
  openedAt: z.number(),
  closedAt: z.number().nullable(),
});
export type HealthIncident = z.infer<typeof healthIncidentSchema>;

export const healthSchema = z.object({
  data: z.object({
    /** The worst of all. */
    state,
    checkedAt: z.number(),
    items: z.array(healthItemSchema),
    nodes: z.array(healthNodeSchema),
    incidents: z.array(healthIncidentSchema),
    /** False: nobody would be told. */
    tellsSomebody: z.boolean(),
  }),
});
export type Health = z.infer<typeof healthSchema>['data'];

/** Who is told when something turns red. */
export const healthSettingsSchema = z.object({
  emails: z.array(z.email()).max(10).default([]),
  /** Customers whose linked LINE account gets a message. */
  people: z.array(z.number().int().positive()).max(10).default([]),
  locale: z.enum(['ja', 'en']).default('ja'),
});
export type HealthSettings = z.infer<typeof healthSettingsSchema>;

export const healthSettingsAnswerSchema = z.object({ data: healthSettingsSchema });

export const testAlertSchema = z.object({ data: z.object({ sent: z.number().int() }) });

export const doneSchema = z.object({ data: z.object({ done: z.boolean() }) });
