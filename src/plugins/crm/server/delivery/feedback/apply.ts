/** What a report changes: the ledger of the message, the address, the person's consent. Once. */
import type { Core } from '@strapi/strapi';

import { consentService } from '../../consent';
import { customersService } from '../../customers';
import { clock, crmConfig, database, inTransaction, type UnitOfWork } from '../../kernel';

import type { FeedbackKind, FeedbackReport } from '../domain/feedback';
import { customerUnsubscribed } from '../index';
import {
  findReported,
  insertReceipt,
  lastMessageTo,
  softBouncesSince,
  type Reported,
} from '../store/feedback';
import { insertMessageEvents, type MessageEvent } from '../store/message-events';

export interface FeedbackSource {
  /** `ses`, `mailbox` … */
  readonly source: string;
  /** True when the source signed what it says. A mailbox proves nothing but a reference it knows. */
  readonly isProven: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const EVENT_OF: Readonly<Record<FeedbackKind, MessageEvent['type']>> = {
  'hard-bounce': 'bounce',
  'soft-bounce': 'soft-bounce',
  'policy-bounce': 'policy-bounce',
  complaint: 'complaint',
  delivered: 'delivered',
  reply: 'reply',
};

interface Target {
  readonly message: Reported | null;
  readonly address: string | null;
}

/** True when it was new and about something of ours. Told again, it changes nothing. */
export async function applyFeedback(
  strapi: Core.Strapi,
  { source, isProven }: FeedbackSource,
  report: FeedbackReport,
): Promise<boolean> {
  const { kind } = report;
  if (kind === null) return burn(strapi, source, report);
  const target = await targetOf(strapi, isProven, report);
  if (!target.message && !target.address) return isProven && burn(strapi, source, report);
  return inTransaction(strapi, async (unit) => {
    const now = clock(strapi).now().getTime();
    const isNew = await insertReceipt(unit.trx, {
      source,
      eventId: report.eventId,
      kind,
      messageId: target.message?.id ?? null,
      at: now,
    });
    if (!isNew) return false;
    if (target.message) await writeEvent(unit, target.message, { ...report, kind }, now);
    await followUp(strapi, unit, target, kind, now);
    return true;
  });
}

/** Nothing comes of it, and nothing ever will: who plays it again with other words is not heard. */
async function burn(strapi: Core.Strapi, source: string, report: FeedbackReport): Promise<false> {
  await insertReceipt(database(strapi), {
    source,
    eventId: report.eventId,
    kind: report.kind ?? 'ignored',
    messageId: null,
    at: clock(strapi).now().getTime(),
  });
  return false;
}

/** Before the transaction: people are looked up by address on a connection of its own. */
async function targetOf(
  strapi: Core.Strapi,
  isProven: boolean,
  report: FeedbackReport,
): Promise<Target> {
  const db = database(strapi);
  const message = await findReported(db, report.references);
  if (message) return { message, address: message.address };
  if (!isProven || !report.address) return { message: null, address: null };
  const person = await customersService(strapi).findByIdentity('email', report.address);
  const last = person ? await lastMessageTo(db, person.id, report.address) : null;
  return { message: last, address: report.address };
}

async function writeEvent(
  unit: UnitOfWork,
  message: Reported,
  report: FeedbackReport & { readonly kind: FeedbackKind },
  now: number,
): Promise<void> {
  await insertMessageEvents(unit.trx, [
    {
      message_id: message.id,
      campaign_id: message.campaign_id,
      customer_id: message.customer_id,
      type: EVENT_OF[report.kind],
      // Nobody's clock but ours, and no event before or long after it was told.
      at: now,
      is_machine: false,
      link_id: null,
      // PostgreSQL takes no NUL, and a mailbox would be read up to this mail for ever.
      detail: report.detail.replaceAll('\0', '').slice(0, 500) || null,
    },
  ]);
}

async function followUp(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { message, address }: Target,
  kind: FeedbackKind,
  now: number,
): Promise<void> {
  if (!address) return;
  const consent = consentService(strapi);
  const suppress = (reason: 'hard-bounce' | 'soft-bounces' | 'complaint') =>
    consent.suppress(unit, { channel: 'email', address, reason });
  if (kind === 'hard-bounce') await suppress('hard-bounce');
  if (kind === 'soft-bounce' && message?.customer_id) {
    const { limit, days } = crmConfig(strapi).email.feedback.softBounces;
    const bounced = await softBouncesSince(unit.trx, message, now - days * DAY_MS);
    if (bounced >= limit) await suppress('soft-bounces');
  }
  if (kind === 'complaint') {
    await suppress('complaint');
    if (message?.customer_id) await withdraw(strapi, unit, message);
  }
}

/** "This is spam" means no more plainly than any switch. */
async function withdraw(strapi: Core.Strapi, unit: UnitOfWork, message: Reported): Promise<void> {
  const customerId = message.customer_id;
  if (customerId === null) return;
  await consentService(strapi).record(unit, {
    customerId,
    purpose: 'marketing',
    channel: 'email',
    granted: false,
    source: 'complaint',
    proof: { messageId: message.id },
  });
  await unit.publish(customerUnsubscribed, {
    customerId,
    channels: ['email'],
    campaignId: message.campaign_id,
  });
}
