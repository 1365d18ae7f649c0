/** What people may choose to hear about; the rows are few, so nothing is kept in memory. */
import type { Core } from '@strapi/strapi';

import type { Topic, TopicInput } from '../../shared/topics';
import { clock, database, refuse, success, type Result } from '../kernel';

import { changeTopic, insertTopic, listTopics, refusalCounts } from './store/topics';

export async function topicsOf(strapi: Core.Strapi): Promise<Topic[]> {
  const counts = await refusalCounts(database(strapi));
  const topics = await listTopics(database(strapi));
  return topics.map((topic) => ({ ...topic, refusals: counts.get(topic.id) ?? 0 }));
}

const found = async (strapi: Core.Strapi, id: number): Promise<Result<Topic>> => {
  const topic = (await topicsOf(strapi)).find((one) => one.id === id);
  return topic ? success(topic) : refuse('delivery.topic-not-found', 404);
};

export async function addTopic(strapi: Core.Strapi, input: TopicInput): Promise<Result<Topic>> {
  return found(strapi, await insertTopic(database(strapi), input));
}

export async function editTopic(strapi: Core.Strapi, id: number, input: TopicInput) {
  await changeTopic(database(strapi), id, input);
  return found(strapi, id);
}

/** Kept for what was sent under it, and for who did not want it. */
export async function removeTopic(strapi: Core.Strapi, id: number): Promise<Result<Topic>> {
  const topic = await found(strapi, id);
  if (!topic.ok) return topic;
  await changeTopic(database(strapi), id, { removedAt: clock(strapi).now().getTime() });
  return topic;
}
