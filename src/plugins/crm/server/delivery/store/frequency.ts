import type { Database } from '../../kernel';

export interface Contacts {
  /** Advertising that went out, or may have, since then. */
  readonly sent: number;
  /** Other rows that a worker has in its hands at this moment. */
  readonly inHand: number;
}

/** Over all channels, without the asking worker's own rows. By crm_messages_person. */
export async function contactsSince(
  db: Database,
  customerIds: readonly number[],
  since: number,
  ownIds: readonly number[],
): Promise<Map<number, Contacts>> {
  const own = new Set(ownIds);
  const rows: {
    id: number;
    customer_id: number;
    status: string;
  }[] = await db('crm_messages')
    .whereIn('customer_id', [...customerIds])
    .where({ stream: 'marketing' })
    .where((query) => {
      void query
        .where(
          (gone) =>
            void gone.whereIn('status', ['accepted', 'handed-over']).where('sent_at', '>', since),
        )
        .orWhere((kept) => void kept.where({ status: 'gathered' }).where('due_at', '>', since))
        // Whoever cut it off, one of the two says when it may have gone.
        .orWhere((doubtful) => {
          void doubtful
            .where({ status: 'unknown' })
            .where(
              (when) => void when.where('handed_over_at', '>', since).orWhere('due_at', '>', since),
            );
        })
        .orWhere({ status: 'leased' });
    })
    .select('id', 'customer_id', 'status');
  const contacts = new Map<number, { sent: number; inHand: number }>();
  for (const row of rows) {
    if (own.has(Number(row.id))) continue;
    const of = contacts.get(Number(row.customer_id)) ?? { sent: 0, inHand: 0 };
    contacts.set(Number(row.customer_id), of);
    if (row.status === 'leased') of.inHand += 1;
    else of.sent += 1;
  }
  return contacts;
}
