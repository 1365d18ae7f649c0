/** Somebody who is erased stays counted, with what she had reached, as nobody. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { findExperiment } from './store/experiments';
import { hasReached } from './store/goals';
import { dropBrowsersOf, forgetRow, metBy } from './store/people';

/** Her orders and visits must still be there: what she did later is not known any more. */
export async function forgetPerson(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  customerId: number,
): Promise<void> {
  for (const { experiment } of await metBy(trx, customerId)) {
    const goals = (await findExperiment(strapi, experiment))?.goals ?? [];
    const reached: number[] = [];
    for (const [number, goal] of goals.entries()) {
      if (await hasReached(trx, { experiment, customerId }, goal)) reached.push(number);
    }
    await forgetRow(trx, { experiment, customerId, reached: `,${reached.join()},` });
  }
  await dropBrowsersOf(trx, [customerId]);
}
