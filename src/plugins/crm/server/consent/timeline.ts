import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { crmConfig, database } from '../kernel';
import { ledgerOf } from './store/ledger';

export function consentTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'consent',
    async entries({ customerId, before, limit }) {
      const { defaultLocale: locale } = crmConfig(strapi);
      const records = await ledgerOf(database(strapi), customerId, { before, limit, locale });
      return records.map((record) => {
        const type = record.granted ? 'granted' : 'withdrawn';
        return {
          id: `consent:${record.id}`,
          kind: 'consent',
          type,
          at: record.occurredAt,
          title: { key: `timeline.consent.${type}`, params: { channel: record.channel } },
          detail: { wording: record.wordingText },
        };
      });
    },
  };
}
