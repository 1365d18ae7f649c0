import type { Core } from '@strapi/strapi';

import type { ConsentRecord } from '../../shared/consent';
import type { TimelineEntry, TimelineSource } from '../customers';
import { crmConfig, database } from '../kernel';
import { ledgerOf } from './store/ledger';
import { printsOf, type RecordPrint } from './store/record';

function answerEntry(record: ConsentRecord): TimelineEntry {
  const type = record.granted ? 'granted' : 'withdrawn';
  return {
    id: `consent:${record.id}`,
    kind: 'consent',
    type,
    at: record.occurredAt,
    title: { key: `timeline.consent.${type}`, params: { channel: record.channel } },
    detail: { wording: record.wordingText },
  };
}

const printEntry = ({ id, at }: RecordPrint): TimelineEntry => ({
  id: `consent-print:${id}`,
  kind: 'consent',
  type: 'printed',
  at,
  title: { key: 'timeline.consent.printed', params: {} },
});

export function consentTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'consent',
    async entries(query) {
      const db = database(strapi);
      const { defaultLocale: locale } = crmConfig(strapi);
      const records = await ledgerOf(db, query.customerId, { ...query, locale });
      const prints = await printsOf(db, query);
      return [...records.map(answerEntry), ...prints.map(printEntry)]
        .sort((a, b) => b.at - a.at)
        .slice(0, query.limit);
    },
  };
}
