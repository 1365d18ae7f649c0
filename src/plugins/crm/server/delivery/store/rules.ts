import { sendingRulesSchema, type SendingRules } from '../../../shared/sending-rules';
import type { Database } from '../../kernel';

/** One row: the rules hold for the house. */
const ONLY = 1;

/** Null: nobody has set any yet. What was not said is as lenient as can be. */
export async function readRules(db: Database): Promise<SendingRules | null> {
  const row: { rules: string } | undefined = await db('crm_sending_rules')
    .where({ id: ONLY })
    .first('rules');
  return row ? sendingRulesSchema.parse(JSON.parse(row.rules)) : null;
}

export async function writeRules(db: Database, rules: SendingRules, now: number): Promise<void> {
  await db('crm_sending_rules')
    .insert({ id: ONLY, rules: JSON.stringify(rules), updated_at: now })
    .onConflict('id')
    .merge();
}
