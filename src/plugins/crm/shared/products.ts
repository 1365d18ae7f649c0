/** Contracts of products and subscriptions, as shops tell them and as the record shows them. */
import { z } from 'zod';

import { amount, currency, instant, reference } from './commerce-api';

export const productStatuses = ['active', 'archived'] as const;
export type ProductStatus = (typeof productStatuses)[number];

const MOST_LEVELS = 10;

/** `音楽 > ジャズ`, from any spelling of it; '' means none. */
export const categoryPath = (levels: readonly string[]): string =>
  levels
    .map((level) => level.normalize('NFKC').trim())
    .filter((level) => level !== '')
    .join(' > ');

export const levelsOf = (text: string): string[] => text.normalize('NFKC').split(/\s*>\s*/);

const category = z
  .union([z.string().max(500).transform(levelsOf), z.array(z.string().max(100))])
  .refine((levels) => levels.length <= MOST_LEVELS)
  .transform(categoryPath)
  .refine((path) => path.length <= 255 && !path.includes('\0'));

/** Nothing but the web: such an address becomes a link. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/** A product as a shop tells it; its code decides whether it is new. */
export const productApiSchema = z.object({
  code: reference,
  title: z.string().trim().min(1).max(1000),
  /** From the widest to the narrowest: `["音楽", "ジャズ"]` or `音楽 > ジャズ`. */
  category: category.nullish(),
  price: amount.nullish(),
  currency,
  url: webAddress.nullish(),
  imageUrl: webAddress.nullish(),
  status: z.enum(productStatuses).default('active'),
  updatedAt: instant.optional(),
});
export type ProductApiInput = z.infer<typeof productApiSchema>;

export const productsApiSchema = z.object({ products: z.array(productApiSchema).min(1).max(500) });

/** A product as it is kept. */
export interface Product {
  readonly code: string;
  readonly title: string;
  readonly category: string | null;
  readonly price: number | null;
  readonly url: string | null;
  readonly imageUrl: string | null;
  readonly status: ProductStatus;
  readonly toldAt: number | null;
}

export const subscriptionStatuses = ['active', 'past_due', 'paused', 'cancelled'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];
export const subscriptionIntervals = ['week', 'month', 'quarter', 'halfyear', 'year'] as const;
export type SubscriptionInterval = (typeof subscriptionIntervals)[number];

/** A subscription as a shop tells it; the shop's own id decides whether it is new. */
export const subscriptionApiSchema = z.object({
  subscriptionId: reference,
  customerNumber: reference.optional(),
  email: z.string().max(255).optional(),
  /** Code of the product or plan. */
  productCode: reference,
  title: z.string().trim().max(1000).optional(),
  status: z.enum(subscriptionStatuses),
  startedAt: instant,
  renewsAt: instant.nullish(),
  /** When it ended, or will end. */
  endsAt: instant.nullish(),
  amount,
  currency,
  interval: z.enum(subscriptionIntervals).default('month'),
  updatedAt: instant.optional(),
});
export type SubscriptionApiInput = z.infer<typeof subscriptionApiSchema>;

export const subscriptionSchema = z.object({
  id: z.number().int(),
  subscriptionId: z.string(),
  customerId: z.number().int(),
  productCode: z.string(),
  title: z.string(),
  status: z.enum(subscriptionStatuses),
  startedAt: z.number(),
  renewsAt: z.number().nullable(),
  endsAt: z.number().nullable(),
  amount: z.number().int(),
  interval: z.enum(subscriptionIntervals),
  toldAt: z.number().nullable(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const customerSubscriptionsSchema = z.object({ data: z.array(subscriptionSchema) });
