/** The whole ledger of one person, with what she was shown, for the printed record. */
import type { ConsentChannel, ConsentPurpose } from '../../../shared/consent';
import type { Database, Locale } from '../../kernel';

const MOST = 5_000;

export interface RecordedAnswer {
  readonly purpose: ConsentPurpose;
  readonly channel: ConsentChannel;
  readonly granted: boolean;
  readonly wordingKey: string | null;
  readonly wordingVersion: string | null;
  /** In the language asked for, else in the other one; null when it is not stored. */
  readonly wordingText: string | null;
  readonly source: string;
  readonly at: number;
  /** JSON object, or null. */
  readonly proof: string | null;
}

interface Row {
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  granted: boolean | number;
  wording_key: string | null;
  wording_version: string | null;
  source: string;
  occurred_at: number | string;
  proof: string | null;
  text: string | null;
  other_text: string | null;
}

/** In the order it happened. By crm_consents_customer. */
export async function wholeLedger(
  db: Database,
  customerId: number,
  locale: Locale,
): Promise<RecordedAnswer[]> {
  const other = locale === 'ja' ? 'en' : 'ja';
  const rows: Row[] = await db('crm_consents as c')
    .leftJoin('crm_consent_wordings as w', function join() {
      this.on('w.key', 'c.wording_key')
        .andOn('w.version', 'c.wording_version')
        .andOnVal('w.locale', locale);
    })
    .leftJoin('crm_consent_wordings as o', function join() {
      this.on('o.key', 'c.wording_key')
        .andOn('o.version', 'c.wording_version')
        .andOnVal('o.locale', other);
    })
    .where('c.customer_id', customerId)
    .orderBy([{ column: 'c.occurred_at' }, { column: 'c.id' }])
    .limit(MOST)
    .select('c.*', 'w.text', 'o.text as other_text');
  return rows.map((row) => ({
    purpose: row.purpose,
    channel: row.channel,
    granted: Boolean(row.granted),
    wordingKey: row.wording_key,
    wordingVersion: row.wording_version,
    wordingText: row.text ?? row.other_text,
    source: row.source,
    at: Number(row.occurred_at),
    proof: row.proof,
  }));
}

export async function insertPrint(
  db: Database,
  print: {
    readonly customerId: number;
    readonly staffId: number | null;
    readonly locale: Locale;
    readonly now: number;
  },
): Promise<void> {
  await db('crm_consent_prints').insert({
    customer_id: print.customerId,
    staff_id: print.staffId,
    locale: print.locale,
    printed_at: print.now,
  });
}

export interface RecordPrint {
  readonly id: number;
  readonly at: number;
  readonly locale: Locale;
}

/** Newest first. By crm_consent_prints_customer. */
export async function printsOf(
  db: Database,
  page: { readonly customerId: number; readonly before: number; readonly limit: number },
): Promise<RecordPrint[]> {
  const rows: { id: number; printed_at: number | string; locale: Locale }[] = await db(
    'crm_consent_prints',
  )
    .where({ customer_id: page.customerId })
    .where('printed_at', '<', page.before)
    .orderBy([
      { column: 'printed_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
  return rows.map((row) => ({
    id: Number(row.id),
    at: Number(row.printed_at),
    locale: row.locale,
  }));
}
