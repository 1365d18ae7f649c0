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

export const emailSchema = z.object({
  smtp: z.object({
    host: z.string().min(1),
    port: z.number().int().positive(),
    secure: z.boolean().default(false),
    user: z.string().optional(),
    password: z.string().optional(),
    connections: z.number().int().min(1).max(100).default(5),
  }),
  from: z.object({ name: z.string().min(1), address: z.string().min(3) }),
  /**
   * Envelope sender (Return-Path), for example `bounces@mail.shop.jp`. The mailbox must take
   * `bounces+anything@…` too: which mail came back stands behind the plus. The sender's address
   * when left out.
   */
  returnPath: z.email().optional(),
  dkim: z
    .object({ domainName: z.string(), keySelector: z.string(), privateKey: z.string() })
    .optional(),
  /** Who is asked about the sender's domain; the machine's own servers when left out. */
  dnsServers: z.array(z.string().min(1)).default([]),
  feedback: feedback.prefault({}),
});
