/**
 * What stands in the address of a preview, signed: which page, through whose eyes, until when. It
 * opens that one page and is nobody's session. Short-lived, because an address gets around.
 */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { previewContextSchema, previewPersonSchema } from '../../../shared/preview';
import { clock, crmConfig, sign, verifySigned } from '../../kernel';

const PURPOSE = 'content.preview';
const LIFETIME_MS = 5 * 60_000;

const ticketSchema = z.object({
  /** The administrator who asked: a ticket ends with her account. */
  admin: z.number().int(),
  expires: z.number().int(),
  path: z.string().startsWith('/'),
  person: previewPersonSchema,
  context: previewContextSchema.required({ language: true }),
  drafts: z.boolean(),
  asOf: z.number().int().optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export function writeTicket(strapi: Core.Strapi, ticket: Omit<Ticket, 'expires'>) {
  const expires = clock(strapi).shared().getTime() + LIFETIME_MS;
  const payload = JSON.stringify({ ...ticket, expires });
  return { expires, token: sign(crmConfig(strapi).secret, PURPOSE, payload) };
}

/** Null when it is forged, made for something else, or past its time. */
export function readTicket(strapi: Core.Strapi, token: string): Ticket | null {
  const payload = verifySigned(crmConfig(strapi).secret, PURPOSE, token);
  if (payload === null) return null;
  const ticket = ticketSchema.parse(JSON.parse(payload));
  return ticket.expires > clock(strapi).shared().getTime() ? ticket : null;
}
