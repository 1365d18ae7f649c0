import { z } from 'zod';

/** The content entry that a message is made from. */
export const campaignSourceSchema = z.object({
  uid: z.string().min(3).max(200),
  documentId: z.string().min(1).max(64),
  locale: z.enum(['ja', 'en']).default('ja'),
  /** Some blocks of the entry, all when left out. */
  blockKeys: z.array(z.string().max(200)).max(200).optional(),
});
export type CampaignSource = z.infer<typeof campaignSourceSchema>;
