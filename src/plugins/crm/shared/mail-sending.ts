/** Contracts of how mail goes out: the servers, what may leave in a time, what came back. */
import { z } from 'zod';

const count = z.number().int();
const moment = z.number().nullable();

/** Never a password, nor whether there is one. */
export const mailServerSchema = z.object({
  key: z.string(),
  host: z.string(),
  port: count,
  secure: z.boolean(),
  streams: z.array(z.enum(['transactional', 'marketing'])),
  sender: z.string(),
  connections: count,
  /**
   * `new`: it was never tried. `covered`: it does not take mail, and another one does for each of
   * its streams.
   */
  state: z.enum(['new', 'working', 'covered', 'failing']),
  takenAt: moment,
  failingSince: moment,
  /** The server's own last words, or what went wrong on the way to it. */
  problem: z.string(),
});
export type MailServerView = z.infer<typeof mailServerSchema>;

/** What may leave within a window of time that moves along, and what has. */
export const mailLimitSchema = z.object({
  kind: z.enum(['second', 'hour', 'warm-up', 'domains']),
  /** Of carriers that want it slower. */
  domains: z.array(z.string()),
  /** Key of the one server that it is for. */
  server: z.string().nullable(),
  windowSeconds: count,
  /** Null: no limit any more (the warm-up is over). */
  limit: count.nullable(),
  /** Null where a single node counts in memory: for windows of seconds. */
  used: count.nullable(),
});
export type MailLimitView = z.infer<typeof mailLimitSchema>;

export const mailSendingSchema = z.object({
  servers: z.array(mailServerSchema),
  limits: z.array(mailLimitSchema),
  warmUpSince: z.string().nullable(),
  /** Where word of bounces and complaints comes from. */
  feedback: z.array(z.enum(['mailbox', 'ses', 'sendgrid', 'mailgun'])),
});
export type MailSending = z.infer<typeof mailSendingSchema>;
export const mailSendingAnswerSchema = z.object({ data: mailSendingSchema });

/** A connection was opened and the server greeted; nothing was sent. */
export const mailServerCheckSchema = z.object({
  data: z.object({ reachable: z.boolean(), problem: z.string().nullable() }),
});

export const returnedKinds = ['bounce', 'soft-bounce', 'policy-bounce', 'complaint'] as const;

export const returnedMailSchema = z.object({
  id: count,
  kind: z.enum(returnedKinds),
  at: z.number(),
  customerId: count.nullable(),
  /** Null: she was forgotten. */
  address: z.string().nullable(),
  campaign: z.object({ documentId: z.string(), name: z.string() }).nullable(),
  /** The other server's own words. */
  detail: z.string().nullable(),
});
export type ReturnedMail = z.infer<typeof returnedMailSchema>;

export const returnedQuerySchema = z.object({
  kind: z.enum(returnedKinds).optional(),
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
