/** Two records that become one person: what she met first stays, and is counted once. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import type { CustomerLinks } from '../customers';
import { customerUnit } from './assignment';
import { forgetPerson } from './leaving';
import {
  browserRowsOf,
  dropBrowsersOf,
  dropRows,
  giveRows,
  restoreRows,
  rowsOf,
  whoMet,
} from './store/people';

const movedSchema = z.object({
  given: z.array(z.number()),
  /** Rows of browsers that are hers. */
  browsers: z.array(z.number()).default([]),
  /** Met by both: the record that goes gives way. */
  dropped: z.array(
    z.object({
      id: z.number(),
      experiment: z.string(),
      unit: z.string(),
      variant: z.enum(['a', 'b', 'c', 'd', 'holdout']),
      customer_id: z.number().nullable(),
      visitor_id: z.string().nullable(),
      exposed_at: z.number(),
    }),
  ),
});

export const experimentLinks = ({ strapi }: { strapi: Core.Strapi }): CustomerLinks => ({
  key: 'experiments',
  async move({ trx }, from, to) {
    const [own, theirs] = [
      await rowsOf(trx, customerUnit(from)),
      await rowsOf(trx, customerUnit(to)),
    ];
    const met = new Set(theirs.map(({ experiment }) => experiment));
    const dropped = own.filter(({ experiment }) => met.has(experiment));
    const given = own.filter(({ experiment }) => !met.has(experiment)).map(({ id }) => id);
    await dropRows(
      trx,
      dropped.map(({ id }) => id),
    );
    await giveRows(trx, given, { unit: customerUnit(to), customer_id: to });
    const browsers = await browserRowsOf(trx, from);
    await giveRows(trx, browsers, { customer_id: to });
    return { given, dropped, browsers };
  },
  async giveBack({ trx }, from, _to, moved) {
    const { given, dropped, browsers } = movedSchema.parse(moved);
    await giveRows(trx, given, { unit: customerUnit(from), customer_id: from });
    await giveRows(trx, browsers, { customer_id: from });
    await restoreRows(trx, dropped);
  },
  async removed({ trx }, customerIds) {
    // Of a large import hardly anybody has met an experiment: the others cost nothing each.
    for (const id of await whoMet(trx, customerIds)) await forgetPerson(strapi, trx, id);
    await dropBrowsersOf(trx, customerIds);
  },
});
