import type { Database } from '../../kernel';
import { OPEN } from './message-row';

const MOST = 10_000;

/** By crm_messages_person. */
export async function copiesOfPerson(db: Database, customerId: number): Promise<object[]> {
  return db('crm_messages as m')
    .leftJoin('crm_campaigns as c', 'c.id', 'm.campaign_id')
    .where('m.customer_id', customerId)
    .orderBy('m.created_at', 'desc')
    .limit(MOST)
    .select(
      'm.channel',
      'm.stream',
      'm.address',
      'm.status',
      'c.name as campaign',
      'm.created_at as createdAt',
      'm.sent_at as sentAt',
    );
}

/** By crm_messages_person. */
export async function addressesWrittenTo(
  trx: Database,
  customerId: number,
  channel: string,
): Promise<string[]> {
  const rows: { address: string }[] = await trx('crm_messages')
    .where({ customer_id: customerId, channel })
    .whereNotNull('address')
    .distinct('address');
  return rows.map(({ address }) => address);
}

export async function forgetRecipient(trx: Database, customerId: number): Promise<void> {
  const own = () => trx('crm_messages').where({ customer_id: customerId });
  await own()
    .whereIn('status', [...OPEN])
    .update({ status: 'cancelled' });
  await own().update({ address: null, payload: null, error: null });
  // Mails of before she was known (her registration) name only the address. Index
  // `crm_messages_address`.
  const addresses = trx('crm_identities')
    .where({ customer_id: customerId, kind: 'email' })
    .select('value');
  await trx('crm_messages')
    .whereNull('campaign_id')
    .whereIn('address', addresses)
    .update({ address: null, payload: null, error: null });
  await trx('crm_message_events').where({ customer_id: customerId }).update({ detail: null });
}
