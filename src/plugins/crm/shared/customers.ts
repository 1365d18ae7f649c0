/** Contracts of customers: what the admin asks and what the server answers. */
import { z } from 'zod';

/** Longer text in a one-line field is a mistake or an attack. */
const LINE = 255;

/** A NUL byte is in no text that a person typed, and PostgreSQL cannot store it. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'));

const line = text(LINE).nullable();

export const customValueSchema = z.union([text(10_000), z.number(), z.boolean(), z.null()]);
export type CustomValue = z.infer<typeof customValueSchema>;

/** What is known of one person, as stored: normalised, empty fields null. */
export const customerFieldsSchema = z.object({
  /** The shop's own id of this person. */
  customerNumber: line,
  familyName: line,
  givenName: line,
  /** Katakana, full width. */
  familyNameKana: line,
  givenNameKana: line,
  email: line,
  /** E.164, for example +819012345678. */
  phone: line,
  company: line,
  /** Seven digits without a hyphen. */
  postalCode: line,
  prefecture: line,
  city: line,
  street: line,
  building: line,
  /** YYYY-MM-DD. */
  birthday: line,
  /** Free choice of the person. */
  gender: line,
  /** The language to address the person in. */
  locale: z.enum(['ja', 'en']),
  /** Key of a member tier. */
  tier: text(LINE).min(1),
  /** True: a person set the tier, no rule changes it. */
  tierLocked: z.boolean(),
  tags: z.array(text(50).min(1)).max(100),
  lifecycleStage: line,
  /** Id of the staff member who looks after this person. */
  owner: z.number().int().positive().nullable(),
  /** Fields that the operator added in the Content-Type Builder, by attribute name. */
  custom: z.record(z.string(), customValueSchema),
  /** Demo data: no living person stands behind it. */
  madeUp: z.boolean(),
  note: text(10_000).nullable(),
  /** Since when the person is a customer of the shop, epoch ms. */
  registeredAt: z.number().int().nullable(),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;

/** Who a person is and where they live, one line of text each, in the order of an export’s columns. */
export const profileFields = [
  'customerNumber',
  'familyName',
  'givenName',
  'familyNameKana',
  'givenNameKana',
  'email',
  'phone',
  'company',
  'postalCode',
  'prefecture',
  'city',
  'street',
  'building',
  'birthday',
  'gender',
] as const satisfies readonly (keyof CustomerFields)[];

export const customerSchema = customerFieldsSchema.extend({
  id: z.number().int(),
  documentId: z.string(),
  createdAt: z.number(),
});
export type Customer = z.infer<typeof customerSchema>;

/** What callers may give; every field may be left out, spelling is normalised by the server. */
export const customerInputSchema = customerFieldsSchema.partial().strict();
export type CustomerInput = z.infer<typeof customerInputSchema>;

export const identityKinds = [
  'email',
  'phone',
  'line',
  'member',
  'customer-number',
  'visitor',
] as const;
export type IdentityKind = (typeof identityKinds)[number];

export const identitySchema = z.object({
  id: z.number().int(),
  customerId: z.number().int(),
  kind: z.enum(identityKinds),
  value: z.string(),
  verifiedAt: z.number().nullable(),
  createdAt: z.number(),
});
export type Identity = z.infer<typeof identitySchema>;

/** Each has an index whose order it is. */
export const customerSorts = ['newest', 'oldest', 'name', 'nameDescending', 'changed'] as const;
export type CustomerSort = (typeof customerSorts)[number];

/** What narrows the list; every given condition must hold. */
export const customerFilterSchema = z.object({
  q: z.string().max(200).default(''),
  tier: text(LINE).optional(),
  /** documentId of a segment. */
  segment: text(LINE).optional(),
  /** `email:granted`, `line:withdrawn` … */
  consent: z.string().max(LINE).optional(),
  lifecycle: text(LINE).optional(),
  /** Id of the staff member who looks after them; `none` for nobody. */
  owner: z
    .string()
    .regex(/^(?:none|\d{1,9})$/)
    .optional(),
});
export type CustomerFilterInput = z.infer<typeof customerFilterSchema>;

export const customerListQuerySchema = customerFilterSchema.extend({
  sort: z.enum(customerSorts).default('newest'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type CustomerListQuery = z.infer<typeof customerListQuerySchema>;

/** What other features add to a person in lists and on the record, by the feature's key. */
export const customerFactsSchema = z.record(z.string(), z.unknown());

export const customerListItemSchema = customerSchema.extend({ facts: customerFactsSchema });
export type CustomerListItem = z.infer<typeof customerListItemSchema>;

export const pageSchema = z.object({
  next: z.string().optional(),
  total: z.number().int(),
  totalIsEstimate: z.boolean(),
});

export const customerListSchema = z.object({
  data: z.array(customerListItemSchema),
  page: pageSchema,
});
export type CustomerList = z.infer<typeof customerListSchema>;

export const customerRecordSchema = z.object({
  data: customerListItemSchema.extend({ identities: z.array(identitySchema) }),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>['data'];

export const customerOptionSchema = z.object({ value: z.string(), label: z.string() });
export type CustomerOption = z.infer<typeof customerOptionSchema>;

/** Values to choose from, named in the reader's language. */
export const customerOptionsSchema = z.object({
  data: z.object({
    tier: z.array(customerOptionSchema),
    segment: z.array(customerOptionSchema),
    lifecycle: z.array(customerOptionSchema),
    owner: z.array(customerOptionSchema),
    /** Fields of the operator's own. */
    custom: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'choice']),
        values: z.array(z.string()),
      }),
    ),
  }),
});
export type CustomerOptions = z.infer<typeof customerOptionsSchema>['data'];

export const timelineEntrySchema = z.object({
  id: z.string(),
  kind: z.string(),
  type: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** Key of an admin text, without the `crm.` prefix: `timeline.<kind>.<type>`. */
  title: z.object({
    key: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const timelineQuerySchema = z.object({
  /** `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,16}(?:-\d{1,6})?$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Comma-separated kinds; all when left out. */
  kinds: z.string().max(500).optional(),
});

export const timelineSchema = z.object({
  data: z.array(timelineEntrySchema),
  /** `kinds`: every kind there is, for the filter. `next`: pass as `before` for older entries. */
  page: z.object({ next: z.string().optional(), kinds: z.array(z.string()) }),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const postalCodeAnswerSchema = z.object({
  data: z.object({
    postalCode: z.string(),
    /** Usually one; a few codes lie in two cities or even prefectures. */
    candidates: z.array(
      z.object({ prefecture: z.string(), city: z.string(), street: z.string().nullable() }),
    ),
  }),
});
export type PostalCodeAnswer = z.infer<typeof postalCodeAnswerSchema>;
