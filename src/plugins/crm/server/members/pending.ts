import { z } from 'zod';

import { customValueSchema } from '../../shared/customers';
import { memberChannels } from '../../shared/members';

const text = z.string().nullable();
/** What waits in a confirmation token; the password only as its hash. */
export const pendingSchema = z.object({
  email: z.string(),
  passwordHash: z.string(),
  locale: z.enum(['ja', 'en']),
  next: z.string(),
  profile: z.object({
    familyName: text,
    givenName: text,
    familyNameKana: text,
    givenNameKana: text,
    phone: text,
    postalCode: text,
    prefecture: text,
    city: text,
    street: text,
    building: text,
    birthday: text,
  }),
  /** Fields that an operator added. */
  custom: z.record(z.string(), customValueSchema).default({}),
  consents: z.array(
    z.object({ channel: z.enum(memberChannels), key: z.string(), version: z.string() }),
  ),
  userAgent: z.string(),
});
export type Pending = z.infer<typeof pendingSchema>;
