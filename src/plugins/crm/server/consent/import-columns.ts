/** Consent in the customer import: only what is newer than what we know is taken. */
import type { Core } from '@strapi/strapi';

import { consentColumns } from '../../shared/imports';
import { parseDateTime, type Cells, type CustomerImportColumns } from '../customers';
import { crmConfig } from '../kernel';
import { answersOf, unreadableAnswers } from './domain/import-cells';
import { wordingKey } from './domain/wordings';
import { consentChanged, consentService, type ConsentEntry, type ConsentState } from './index';
import { statesOf } from './store/ledger';
import { undoImportedEntries } from './store/import-undo';

/**
 * A dated answer counts when it is newer than the state; an undated one only where nothing is known.
 * Otherwise importing last year's file again would bring back people who have unsubscribed.
 */
function isNews(state: ConsentState | undefined, at: number | null): boolean {
  if (!state) return true;
  return at !== null && at > state.changedAt;
}

function entriesOf(
  customerId: number,
  cells: Cells,
  at: number | null,
  known: readonly ConsentState[],
  importId: number,
): ConsentEntry[] {
  return answersOf(cells)
    .filter(({ channel }) =>
      isNews(
        known.find((state) => state.channel === channel),
        at,
      ),
    )
    .map(({ channel, granted }) => ({
      customerId,
      purpose: 'marketing',
      channel,
      granted,
      source: 'import',
      ...(cells.consentWording
        ? {
            wording: {
              key: wordingKey('marketing', channel),
              version: cells.consentWording.slice(0, 64),
            },
          }
        : {}),
      ...(at === null ? {} : { occurredAt: new Date(at) }),
      proof: { importId, ...(cells.consentSource ? { collectedBy: cells.consentSource } : {}) },
    }));
}

export function consentImportColumns({ strapi }: { strapi: Core.Strapi }): CustomerImportColumns {
  const dateOf = (cells: Cells) =>
    cells.consentAt ? parseDateTime(cells.consentAt, crmConfig(strapi).timeZone) : null;
  return {
    columns: consentColumns,
    check: (cells) => [
      ...unreadableAnswers(cells).map((column) => ({ column, code: 'invalid-consent' })),
      ...(cells.consentAt && dateOf(cells) === null
        ? [{ column: 'consentAt', code: 'invalid-date' }]
        : []),
    ],
    async write(unit, rows, importId) {
      const telling = rows.filter(({ cells }) => answersOf(cells).length > 0);
      const known = await statesOf(
        unit.trx,
        telling.map((row) => row.customerId),
      );
      const entries = telling.flatMap(({ customerId, cells }) =>
        entriesOf(customerId, cells, dateOf(cells), known.get(customerId) ?? [], importId),
      );
      await consentService(strapi).recordMany(unit, entries);
    },
    async undo(unit, customerIds, importId) {
      const touched = await undoImportedEntries(unit.trx, customerIds, importId);
      for (const { channel, ids } of touched) {
        await unit.publish(consentChanged, { customerIds: ids, channel });
      }
    },
  };
}
