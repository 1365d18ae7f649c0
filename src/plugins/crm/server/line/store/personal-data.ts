import type { Database } from '../../kernel';

const MOST = 10_000;

/** Index: crm_line_messages_customer. */
export async function chatOfPerson(db: Database, customerId: number): Promise<object[]> {
  return db('crm_line_messages')
    .where({ customer_id: customerId })
    .orderBy('at', 'desc')
    .limit(MOST)
    .select('account', 'direction', 'type', 'text', 'at');
}

export async function forgetFriend(trx: Database, customerId: number): Promise<void> {
  const hers = { customer_id: customerId };
  const accounts = trx('crm_line_friends').where(hers).select('user_id');
  await trx('crm_line_multicast_members').whereIn('user_id', accounts).delete();
  await trx('crm_line_route_claims').whereIn('user_id', accounts.clone()).delete();
  await trx('crm_line_messages').where(hers).update({ customer_id: null, text: null });
  await trx('crm_line_history').where(hers).update({ customer_id: null });
  await trx('crm_line_link_nonces').where(hers).delete();
  await trx('crm_line_friends').where(hers).update({
    customer_id: null,
    linked_at: null,
    display_name: null,
    picture_url: null,
    last_message_at: 0,
    unread: 0,
    reply_token: null,
    menu_due_at: 0,
  });
}
