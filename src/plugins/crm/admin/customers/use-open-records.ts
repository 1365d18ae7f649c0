/**
 * The open records, kept in the browser tab's own storage under who is logged in: nobody finds
 * another's half-typed text.
 */
import { useMemo, useSyncExternalStore } from 'react';

import { useAuth } from '@strapi/strapi/admin';
import { z } from 'zod';

import { openSchema, withOpened, type Draft, type OpenRecord } from './open-records';

const kept = new Map<string, readonly OpenRecord[]>();
const listeners = new Set<() => void>();

function read(key: string): readonly OpenRecord[] {
  const known = kept.get(key);
  if (known) return known;
  const parsed = z.array(openSchema).safeParse(JSON.parse(sessionStorage.getItem(key) ?? '[]'));
  const records = parsed.success ? parsed.data : [];
  kept.set(key, records);
  return records;
}

function write(key: string, records: readonly OpenRecord[]): void {
  if (records === read(key)) return;
  kept.set(key, records);
  sessionStorage.setItem(key, JSON.stringify(records));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The open records of whoever is logged in, and what may be done with them. */
export function useOpenRecords() {
  const staff = useAuth('CrmOpenRecords', (auth) => auth.user?.id);
  const key = `crm.open-records.${staff ?? 'nobody'}`;
  const records = useSyncExternalStore(subscribe, () => read(key));
  const actions = useMemo(() => {
    const change = (id: number, draft: Draft | null) =>
      write(
        key,
        read(key).map((record) => (record.id === id ? { ...record, draft } : record)),
      );
    return {
      open: (record: Pick<OpenRecord, 'id' | 'name'>) => write(key, withOpened(read(key), record)),
      close: (id: number) =>
        write(
          key,
          read(key).filter((record) => record.id !== id),
        ),
      setDraft: change,
    };
  }, [key]);
  return { records, ...actions };
}
