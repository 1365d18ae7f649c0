import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { emailSchema } from './config-email';
import { jobsSchema } from './config-jobs';
import { smsSchema } from './config-sms';

const areDistinct = (accounts: readonly { key: string; channelId: string }[]): boolean =>
  [accounts.map(({ key }) => key), accounts.map(({ channelId }) => channelId)].every(
    (values) => new Set(values).size === values.length,
  );

const lineAccount = z.object({
  /** Stands in addresses (`key:userId`), in the path of the webhook and with everything stored. */
  key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  name: z.string().min(1),
  channelId: z.string().min(1),
  channelSecret: z.string().min(1),
  /** A long-lived token. Without one, stateless tokens are issued from id and secret. */
  accessToken: z.string().min(1).optional(),
  basicId: z.string().min(1),
  /** Yen, for the cost that is shown before sending; LINE's plans differ. */
  pricePerMessage: z.number().nonnegative().optional(),
  /** Where a person adds the account as a friend; LINE's own page when left out. */
  addFriendUrl: z.url().optional(),
});

export const configSchema = z.object({
  /** Origin under which visitors reach the site; links in mail and LINE start with it. */
  publicUrl: z.url(),
  /** Signs tokens and links. At least 32 characters; changing it ends all links and sessions. */
  secret: z.string().min(32),
  timeZone: z.string().default('Asia/Tokyo'),
  defaultLocale: z.enum(['ja', 'en']).default('ja'),
  cookies: z.object({ secure: z.boolean().default(true) }).prefault({}),
  /** Who sends, as 特定電子メール法 wants it shown in every advertising mail. */
  organisation: z.object({
    name: z.string().min(1),
    postalAddress: z.string().min(1),
    contact: z.string().min(1),
    /** As English mails and pages show it; what is left out is shown in Japanese. */
    english: z
      .object({ name: z.string().min(1).optional(), postalAddress: z.string().min(1).optional() })
      .optional(),
  }),
  email: emailSchema,
  sms: smsSchema,
  line: z
    .object({
      apiOrigin: z.url().default('https://api.line.me'),
      dataApiOrigin: z.url().default('https://api-data.line.me'),
      accessOrigin: z.url().default('https://access.line.me'),
      /** LINE's SDK waits for ever; we do not. */
      timeoutMs: z.number().int().min(100).default(10_000),
      /**
       * Calls in any second, per account and over all nodes. LINE refuses above 2,000 pushes and 200
       * multicasts; a place counts from before the call until a second after it, so 2,000 are never
       * more to LINE, and some 1,900 in fact.
       */
      pushesPerSecond: z.number().int().min(1).max(2000).default(2000),
      /** Whoever holds one may tell what was sent through our accounts by another tool. */
      logKeys: z.array(z.string().min(16)).default([]),
      /** While names of followers are imported. */
      profilesPerSecond: z.number().int().min(1).max(1000).default(200),
      multicastsPerSecond: z.number().int().min(1).max(200).default(180),
      accounts: z
        .array(lineAccount)
        .refine(areDistinct, 'two LINE accounts have the same key or the same channel id')
        .default([]),
      /**
       * A LINE Login channel of the same provider as the accounts: only then is one person's LINE
       * user id the same in both. Its callback is `<publicUrl>/m/line/login/callback`.
       */
      login: z
        .object({ channelId: z.string().min(1), channelSecret: z.string().min(1) })
        .optional(),
    })
    .prefault({}),
  context: z
    .object({
      /**
       * The header in which the network in front of the site names the visitor's country
       * (`cf-ipcountry`). Only set it where that network overwrites what visitors send.
       */
      countryHeader: z.string().min(1).optional(),
    })
    .prefault({}),
  commerce: z
    .object({
      /** Whoever holds one may sign orders; several, so that one can be replaced by another. */
      webhookSecrets: z.array(z.string().min(16)).default([]),
      /** Keys of the order API. A key of `tracking.writeKeys` opens no orders. */
      writeKeys: z.array(z.string().min(16)).default([]),
    })
    .prefault({}),
  tracking: z
    .object({
      writeKeys: z.array(z.string().min(1)).default([]),
      /**
       * Taken from servers in a second by this process, and as many from browsers, while somebody
       * reads pages; those beyond are refused and sent again. Where nobody does there is no limit.
       */
      eventsPerSecond: z.number().int().min(1).default(2000),
    })
    .prefault({}),
  delivery: z
    .object({
      /** A worker that died is replaced after this long. */
      leaseSeconds: z.number().int().min(5).max(600).default(30),
      /** A channel that only remembers what it was given; for tests. */
      memoryChannel: z.boolean().default(false),
    })
    .prefault({}),
  imports: z
    .object({
      /** Where uploaded files wait for their import; `.tmp/crm-imports` of the project when left out. */
      folder: z.string().optional(),
      /** Bytes of the largest file that is taken. */
      largest: z
        .number()
        .int()
        .positive()
        .default(4 * 1024 ** 3),
    })
    .prefault({}),
  health: z
    .object({
      /** What a monitor shows to hear how the site is; without one nobody is told from outside. */
      token: z.string().min(16).optional(),
    })
    .prefault({}),
  jobs: jobsSchema,
});

export type CrmConfig = z.infer<typeof configSchema>;
export type LineAccountConfig = z.infer<typeof lineAccount>;

const parsed = new WeakMap<object, CrmConfig>();

/** The plugin's configuration, validated once at boot. Throws a readable error when it is wrong. */
export function crmConfig(strapi: Core.Strapi): CrmConfig {
  const existing = parsed.get(strapi);
  if (existing) return existing;
  const config = configSchema.parse(strapi.config.get('plugin::crm'));
  parsed.set(strapi, config);
  return config;
}

/** Strapi calls this with the merged `config/plugins` entry before anything is registered. */
export function validateConfig(raw: unknown): void {
  const result = configSchema.safeParse(raw);
  if (result.success) return;
  throw new Error(
    `config/plugins: the "crm" entry is not usable.\n${z.prettifyError(result.error)}`,
  );
}
