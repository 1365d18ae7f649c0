import { sendingRulesSchema, type SendingRules } from '../../../shared/sending-rules';
import type { Database } from '../../kernel';

/** One row: the rules hold for the house. What was never said is as lenient as can be. */
const ONLY = 1;

export async function readRules(db: Database): Promise<SendingRules> {
  const row: { rules: string } | undefined = await db('crm_sending_rules')
    .where({ id: ONLY })
    .first('rules');
  return sendingRulesSchema.parse(row ? JSON.parse(row.rules) : {});
}

export async function writeRules(db: Database, rules: SendingRules, now: number): Promise<void> {
  await db('crm_sending_rules')
    .insert({ id: ONLY, rules: JSON.stringify(rules), updated_at: now })
    .onConflict('id')
    .merge();
}
