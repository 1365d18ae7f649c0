/** Rows of the outbox with the people they are for, and the list of those that wait for a person. */
import type { Core } from '@strapi/strapi';

import type { CampaignRecipient } from '../../../shared/delivery';
import { customersService } from '../../customers';
import { database } from '../../kernel';

import { countUnknown } from '../store/health';
import type { MessageRow } from '../store/message-row';
import { unknownRows } from '../store/messages';

const join = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' ');

export async function presentRecipients(
  strapi: Core.Strapi,
  rows: readonly MessageRow[],
): Promise<CampaignRecipient[]> {
  const ids = rows.flatMap((row) => row.customer_id ?? []);
  const customers = new Map(
    (await customersService(strapi).findMany(ids)).map((customer) => [customer.id, customer]),
  );
  return rows.map((row): CampaignRecipient => {
    const customer = customers.get(row.customer_id ?? 0);
    return {
      messageId: row.id,
      customerId: row.customer_id,
      name: join(customer?.familyName, customer?.givenName),
      kana: join(customer?.familyNameKana, customer?.givenNameKana),
      channel: row.channel,
      address: row.address,
      status: row.status,
      reason: row.guard_reason,
      error: row.error,
      sentAt: row.sent_at === null ? null : Number(row.sent_at),
    };
  });
}

interface Wish {
  readonly cursor?: number | undefined;
  readonly limit: number;
}

/** Messages of all kinds that nobody knows the fate of, the oldest first. */
export async function unknownMessages(
  strapi: Core.Strapi,
  { cursor, limit }: Wish,
): Promise<{ data: CampaignRecipient[]; page: object }> {
  const db = database(strapi);
  const rows = await unknownRows(db, cursor ?? 0, limit);
  const last = rows.at(-1);
  return {
    data: await presentRecipients(strapi, rows),
    page: {
      ...(rows.length === limit && last && { next: String(last.id) }),
      total: await countUnknown(db),
      totalIsEstimate: false,
    },
  };
}
