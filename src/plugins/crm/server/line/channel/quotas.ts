import type { Core } from '@strapi/strapi';

import type { LineAccountConfig } from '../../kernel';
import type { SenderQuota } from '../../delivery';
import { lineClient } from '../client';

/** Each official account is a sender with a month's messages of its own. */
export const lineQuotas = (
  strapi: Core.Strapi,
  accounts: readonly LineAccountConfig[],
): Promise<SenderQuota[]> =>
  Promise.all(
    accounts.map(async (account): Promise<SenderQuota> => {
      const client = lineClient(strapi, account);
      const [limit, used] = await Promise.all([client.quotaLimit(), client.quotaUsed()]);
      return {
        name: account.name,
        addressPrefix: `${account.key}:`,
        state: limit.ok && used.ok ? { limit: limit.value, used: used.value } : null,
        price: account.pricePerMessage ?? null,
      };
    }),
  );
