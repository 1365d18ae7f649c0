import type { Topic, TopicInput } from '../../../shared/topics';
import type { Database } from '../../kernel';

interface TopicRow {
  readonly id: number;
  readonly name_ja: string;
  readonly name_en: string;
  readonly description_ja: string;
  readonly description_en: string;
}

const columns = (input: TopicInput) => ({
  name_ja: input.nameJa,
  name_en: input.nameEn,
  description_ja: input.descriptionJa,
  description_en: input.descriptionEn,
});

/** In the order they were made; what was taken away is left out. */
export async function listTopics(db: Database): Promise<Omit<Topic, 'refusals'>[]> {
  const rows: TopicRow[] = await db('crm_topics').whereNull('removed_at').orderBy('id');
  return rows.map((row) => ({
    id: Number(row.id),
    nameJa: row.name_ja,
    nameEn: row.name_en,
    descriptionJa: row.description_ja,
    descriptionEn: row.description_en,
  }));
}

/** By crm_topic_refusals_topic. */
export async function refusalCounts(db: Database): Promise<Map<number, number>> {
  const rows: { topic_id: number; people: number | string }[] = await db('crm_topic_refusals')
    .groupBy('topic_id')
    .select('topic_id')
    .countDistinct('customer_id as people');
  return new Map(rows.map((row) => [Number(row.topic_id), Number(row.people)]));
}

export async function insertTopic(db: Database, input: TopicInput): Promise<number> {
  const rows: { id: number }[] = await db('crm_topics').insert(columns(input)).returning('id');
  return Number(rows[0]?.id);
}

export async function changeTopic(
  db: Database,
  id: number,
  change: TopicInput | { readonly removedAt: number },
): Promise<boolean> {
  const values = 'removedAt' in change ? { removed_at: change.removedAt } : columns(change);
  return (await db('crm_topics').where({ id }).whereNull('removed_at').update(values)) > 0;
}
