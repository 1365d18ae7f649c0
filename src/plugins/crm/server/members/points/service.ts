import type { Core } from '@strapi/strapi';

import type { PointsInput } from '../../../shared/points';
import { clock, database, inTransaction, refuse, success, type Result } from '../../kernel';
import { pointsChanged } from '../index';
import { customerIdOf } from '../person-key';
import { balanceOf, insertPoints } from './store';

/** One line of the ledger; the same reference twice is one line. */
export async function addPoints(
  strapi: Core.Strapi,
  input: PointsInput,
): Promise<Result<{ balance: number }>> {
  const customerId = await customerIdOf(strapi, input.customer);
  if (customerId === null) return refuse('members.plan-nobody', 404);
  const at = input.at === null ? clock(strapi).now().getTime() : Date.parse(input.at);
  const { points, reference } = input;
  await inTransaction(strapi, async (unit) => {
    const added = await insertPoints(unit.trx, { customerId, points, reference, at });
    if (added) await unit.publish(pointsChanged, { customerIds: [customerId] });
  });
  return success({ balance: (await balanceOf(database(strapi), customerId)) ?? 0 });
}
