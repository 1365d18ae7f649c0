import { z } from 'zod';

/** Where bounces come back to, and how it is read: a mailbox of its own, over IMAP. */
const mailbox = z.object({
  host: z.string().min(1),
  port: z.number().int().positive().default(993),
  /** False asks for STARTTLS, except on this very machine. */
  secure: z.boolean().default(true),
  user: z.string().min(1),
  password: z.string().min(1),
  folder: z.string().min(1).default('INBOX'),
});

/** Who tells us what became of a mail after it was taken. What is left out is refused. */
const feedback = z.object({
  mailbox: mailbox.optional(),
  /** Amazon SES by way of SNS: only notifications of these topics are believed. */
  ses: z.object({ topicArns: z.array(z.string().startsWith('arn:')).min(1) }).optional(),
  /** The verification key of SendGrid's signed event webhook. */
  sendgrid: z.object({ publicKey: z.string().min(40) }).optional(),
  mailgun: z.object({ signingKey: z.string().min(10) }).optional(),
  /** So many mails that bounced softly within so many days, and the address gets no more. */
  softBounces: z
    .object({
      limit: z.number().int().min(1).max(100).default(4),
      days: z.number().int().min(1).max(365).default(30),
    })
    .prefault({}),
});

const rates = {
  perSecond: z.number().int().min(1).max(10_000).optional(),
  perHour: z.number().int().min(1).max(10_000_000).optional(),
};

/** What may leave in a time, over all nodes together. What is left out is not limited. */
const limits = z.object({
  ...rates,
  /** Carriers and providers that want it slower; domains of one entry share its number. */
  domains: z
    .array(
      z.object({
        domains: z.array(z.string().min(1).toLowerCase()).min(1),
        perMinute: z.number().int().min(1).max(100_000),
      }),
    )
    .default([]),
  /**
   * A new sender or address begins with `firstDay` mails in 24 hours, twice as many every day
   * after, until a day would have more than `upTo`.
   */
  warmUp: z
    .object({
      since: z.iso.date(),
      firstDay: z.number().int().min(1).max(1_000_000).default(500),
      upTo: z.number().int().min(1).max(100_000_000).default(1_000_000),
    })
    .optional(),
});

const sender = z.object({ name: z.string().min(1), address: z.string().min(3) });

const dkim = z.object({ domainName: z.string(), keySelector: z.string(), privateKey: z.string() });

const streams = z
  .array(z.enum(['transactional', 'marketing']))
  .min(1)
  .default(['transactional', 'marketing']);

const smtpServer = z.object({
  host: z.string().min(1),
  port: z.number().int().positive(),
  secure: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  connections: z.number().int().min(1).max(100).default(5),
  /** What goes by this server: advertising can have one of its own. */
  streams,
  /** What this provider takes, over all nodes together; a full one is waited for, and not passed over. */
  ...rates,
});

/** Takes over where the ones before it do not take mail. */
const furtherServer = smtpServer.extend({
  /** Stands on the health page and beside messages that a person has to look up. */
  key: z.string().regex(/^[a-z0-9-]{1,30}$/),
  /** Whoever sends by this server; the sender of all when left out. */
  from: sender.optional(),
  /** For the domain of that sender. */
  dkim: dkim.optional(),
});

export const emailSchema = z.object({
  /** The first server; its key is `main`. */
  smtp: smtpServer,
  /** In the order in which they are tried after it. */
  furtherServers: z.array(furtherServer).max(9).default([]),
  limits: limits.prefault({}),
  from: sender,
  /**
   * Envelope sender (Return-Path), for example `bounces@mail.shop.jp`. The mailbox must take
   * `bounces+anything@…` too: which mail came back stands behind the plus. The sender's address
   * when left out.
   */
  returnPath: z.email().optional(),
  dkim: dkim.optional(),
  /** Who is asked about the sender's domain; the machine's own servers when left out. */
  dnsServers: z.array(z.string().min(1)).default([]),
  feedback: feedback.prefault({}),
});
