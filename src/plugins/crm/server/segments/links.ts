import { z } from 'zod';

import { linksOfTable, type CustomerLinks } from '../customers';
import { clock } from '../kernel';
import type { Core } from '@strapi/strapi';
import { forgetMembers, forgetStays, keptSegmentsOf } from './store/forget';
import { addMembers } from './store/membership';
import { moveMemberCount } from './store/segments';

const movedSchema = z
  .object({ kept: z.array(z.number()), stays: z.unknown() })
  .nullable()
  .catch(null);

/**
 * What rules say of a person is given up with a record and worked out anew with it; what somebody
 * picked, kept or imported goes along.
 */
export function segmentLinks({ strapi }: { strapi: Core.Strapi }): CustomerLinks {
  const stays = linksOfTable({ table: 'crm_segment_stays', holds: false });
  type Unit = Parameters<CustomerLinks['move']>[0];
  const putInto = async ({ trx }: Unit, segmentIds: readonly number[], customerId: number) => {
    for (const segmentId of segmentIds) {
      const entered = await addMembers(trx, segmentId, [customerId], clock(strapi).now());
      await moveMemberCount(trx, segmentId, entered.length);
    }
  };
  return {
    key: 'segments',
    async move(unit, from, to) {
      const kept = await keptSegmentsOf(unit.trx, from);
      await forgetMembers(unit.trx, [from]);
      await putInto(unit, kept, to);
      return { kept, stays: await stays.move(unit, from, to) };
    },
    async giveBack(unit, from, to, moved) {
      const record = movedSchema.parse(moved);
      if (!record) return;
      await putInto(unit, record.kept, from);
      await stays.giveBack(unit, from, to, record.stays);
    },
    removed: ({ trx }, customerIds) => forgetStays(trx, customerIds),
  };
}
