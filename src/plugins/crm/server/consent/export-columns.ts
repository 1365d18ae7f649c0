/** Consent in the customer export, under headings that the import understands. */
import type { Core } from '@strapi/strapi';

import { consentColumns } from '../../shared/imports';
import { columnLabel, type CustomerExportColumns } from '../customers';
import { database } from '../kernel';
import { statesOf } from './store/ledger';

const CHANNELS = {
  email: 'consentEmail',
  line: 'consentLine',
  sms: 'consentSms',
  postal: 'consentPostal',
} as const;

const isAnswer = (key: string): boolean => Object.values<string>(CHANNELS).includes(key);

export function consentExportColumns({ strapi }: { strapi: Core.Strapi }): CustomerExportColumns {
  return {
    columns: (reader) =>
      consentColumns
        .filter(({ key }) => isAnswer(key))
        .map((column) => ({ key: column.key, label: columnLabel(reader, column) })),
    async of(customerIds, reader) {
      const [yes, no] = reader === 'ja' ? ['はい', 'いいえ'] : ['yes', 'no'];
      const states = await statesOf(database(strapi), customerIds);
      return new Map(
        [...states].map(([id, known]) => [
          id,
          Object.fromEntries(
            known.map(({ channel, granted }) => [CHANNELS[channel], granted ? yes : no]),
          ),
        ]),
      );
    },
  };
}
