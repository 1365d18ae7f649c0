/** What DNS says about the domain that mails come from. */
import { z } from 'zod';

export const domainFindings = [
  'spf-missing',
  'spf-several',
  'spf-open',
  'spf-lookups',
  'dkim-off',
  'dkim-missing',
  'dkim-other-key',
  'dmarc-missing',
  'dmarc-none',
  'not-aligned',
] as const;
export type DomainFinding = (typeof domainFindings)[number];

export const senderDomainSchema = z.object({
  domain: z.string(),
  /** The records as they were found; null: there is none. */
  spf: z.string().nullable(),
  dkim: z.string().nullable(),
  dmarc: z.string().nullable(),
  /** Serious: receivers refuse for it. The others are advice. */
  findings: z.array(z.object({ finding: z.enum(domainFindings), serious: z.boolean() })),
  checkedAt: z.number(),
});
export type SenderDomain = z.infer<typeof senderDomainSchema>;
