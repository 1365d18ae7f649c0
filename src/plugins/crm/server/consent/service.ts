import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, type UnitOfWork } from '../kernel';
import { addressHash } from './domain/address-hash';
import { consentChanged, type ConsentEntry, type ConsentService } from './index';
import {
  advanceStates,
  appendEntries,
  deleteSuppression,
  insertSuppression,
  isHashSuppressed,
  ledgerOf,
  statesOf,
  wordingAt,
  type LedgerEntry,
} from './store/ledger';
import { forgetSuppressed } from './suppressions/store';

const HISTORY_LIMIT = 500;

function ledgerEntry(entry: ConsentEntry, now: number): LedgerEntry {
  const { customerId, purpose, channel, granted, source } = entry;
  return {
    customerId,
    purpose,
    channel,
    granted,
    source,
    wordingKey: entry.wording?.key ?? null,
    wordingVersion: entry.wording?.version ?? null,
    at: entry.occurredAt?.getTime() ?? now,
    proof: entry.proof ? JSON.stringify(entry.proof) : null,
  };
}

async function recordMany(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  entries: readonly ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const now = clock(strapi).now().getTime();
  const ledger = entries.map((entry) => ledgerEntry(entry, now));
  await appendEntries(unit.trx, ledger);
  await advanceStates(unit.trx, ledger);
  for (const channel of new Set(ledger.map((entry) => entry.channel))) {
    const ids = ledger
      .filter((entry) => entry.channel === channel)
      .map((entry) => entry.customerId);
    await unit.publish(consentChanged, { customerIds: [...new Set(ids)], channel });
  }
}

export function createConsentService({ strapi }: { strapi: Core.Strapi }): ConsentService {
  const db = () => database(strapi);
  const now = () => clock(strapi).now().getTime();
  return {
    record: (unit, entry) => recordMany(strapi, unit, [entry]),
    recordMany: (unit, entries) => recordMany(strapi, unit, entries),
    states: async (customerId) => (await statesOf(db(), [customerId])).get(customerId) ?? [],
    statesOf: (customerIds) => statesOf(db(), customerIds),
    history: (customerId, locale = crmConfig(strapi).defaultLocale) =>
      ledgerOf(db(), customerId, {
        before: Number.MAX_SAFE_INTEGER,
        limit: HISTORY_LIMIT,
        locale,
      }),
    currentWording: (key, locale) => wordingAt(db(), key, locale, now()),
    suppress: (unit, { channel, address, reason }) =>
      insertSuppression(unit.trx, {
        channel,
        address,
        hash: addressHash(channel, address),
        reason,
        now: now(),
      }),
    unsuppress: (unit, { channel, address }) =>
      deleteSuppression(unit.trx, channel, addressHash(channel, address)),
    forgetSuppressed: (unit, channel, addresses) =>
      forgetSuppressed(
        unit.trx,
        addresses.map((address) => addressHash(channel, address)),
      ),
    isSuppressed: (channel, address) =>
      isHashSuppressed(db(), channel, addressHash(channel, address)),
  };
}
