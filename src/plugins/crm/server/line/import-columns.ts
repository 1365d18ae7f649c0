/**
 * LINE's user ids in the customer import: who is a friend is known as the customer at once, who is
 * not yet when she adds the account. A file proves nothing, so it opens nobody's login.
 */
import type { Core } from '@strapi/strapi';

import { lineColumns } from '../../shared/imports';
import { customersService, type CustomerImportColumns } from '../customers';
import { clock, crmConfig, type UnitOfWork } from '../kernel';
import { lineFriendChanged } from '.';
import { linkImported, unlinkImported } from './store';

/** https://developers.line.biz/en/docs/messaging-api/getting-user-ids/ */
const USER_ID = /^U[0-9a-f]{32}$/;

async function publishAll(unit: UnitOfWork, customerIds: readonly number[]): Promise<void> {
  for (const customerId of new Set(customerIds)) {
    await unit.publish(lineFriendChanged, { customerId });
  }
}

export function lineImportColumns({ strapi }: { strapi: Core.Strapi }): CustomerImportColumns {
  const accounts = crmConfig(strapi).line.accounts.map(({ key }) => key);
  return {
    columns: lineColumns,
    check: ({ lineUserId }) =>
      !lineUserId || USER_ID.test(lineUserId)
        ? []
        : [{ column: 'lineUserId', code: 'invalid-line-id' }],
    async write(unit, rows, importId) {
      const claims = rows.flatMap(({ customerId, cells: { lineUserId } }) =>
        lineUserId ? [{ customerId, value: lineUserId }] : [],
      );
      const customers = customersService(strapi);
      const fresh = await customers.importIdentities(unit, 'line', claims, importId);
      const now = clock(strapi).now().getTime();
      await publishAll(unit, await linkImported(unit.trx, accounts, fresh, now));
    },
    async undo(unit, customerIds, importId) {
      const gone = await customersService(strapi).forgetImported(
        unit,
        'line',
        customerIds,
        importId,
      );
      await publishAll(unit, await unlinkImported(unit.trx, accounts, gone));
    },
  };
}
