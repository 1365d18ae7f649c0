import { z } from 'zod';

/** What the emulator can be started with. Everything has a default. */
export const optionsSchema = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(0).max(65535).default(0),
  webhookUrl: z.string().max(500).default(''),
  channelId: z.string().min(1).default('1657000001'),
  channelSecret: z.string().min(1).default('0123456789abcdef0123456789abcdef'),
  channelToken: z.string().min(1).default('emulated-long-lived-channel-token'),
  channelName: z.string().min(1).max(20).default('公式アカウント'),
  basicId: z.string().min(1).default('@emulated'),
  verified: z.boolean().default(true),
  loginChannelId: z.string().min(1).default('1657000002'),
  loginChannelSecret: z.string().min(1).default('fedcba9876543210fedcba9876543210'),
  /** Callback URLs registered for LINE Login. Empty means any URL on this computer. */
  loginRedirectUris: z.array(z.string()).default([]),
  /** File that keeps friends and chats between starts. */
  stateFile: z.string().optional(),
  /**
   * File that gets one line of JSON for every request that came in. Without it LINE_REQUEST_LOG
   * names one: so a test run records what all of its tests make the product send.
   */
  requestLogFile: z
    .string()
    .optional()
    .transform((file) => file ?? process.env.LINE_REQUEST_LOG),
  /** How long a webhook receiver may take; LINE says two seconds. */
  webhookTimeoutMs: z.number().int().positive().default(2000),
  /** Off on LINE until the account turns it on. */
  redelivery: z.boolean().default(false),
  redeliveryDelaysMs: z.array(z.number().int().nonnegative()).default([1000, 5000, 30_000]),
  rateLimits: z.boolean().default(true),
  /** LINE's documents contradict each other: skip an unknown id in a multicast, or answer 400. */
  multicastUnknownUser: z.enum(['skip', 'refuse']).default('skip'),
});

export type EmulatorOptions = z.input<typeof optionsSchema>;
export type ResolvedOptions = z.output<typeof optionsSchema>;
