/**
 * Segments by plan, brought up to date when a stored instant passes. Access itself never waits for
 * this: it is decided from the instants when it is asked.
 */
import type { Core } from '@strapi/strapi';

import { database } from '../../kernel';
import { segmentsService } from '../../segments';
import { customersCrossing } from './store';

const KEY = 'members-plans-looked-until';
/** How far the very first look reaches back. */
const FIRST_LOOK_MS = 86_400_000;

export async function refreshAtBoundaries(strapi: Core.Strapi, now: Date): Promise<void> {
  const own = strapi.store({ type: 'plugin', name: 'crm' });
  const until = now.getTime();
  const stored: unknown = await own.get({ key: KEY });
  const after = typeof stored === 'number' ? stored : until - FIRST_LOOK_MS;
  const customerIds = await customersCrossing(database(strapi), after, until);
  await segmentsService(strapi).refreshForCustomers(customerIds, ['plans']);
  await own.set({ key: KEY, value: until });
}
