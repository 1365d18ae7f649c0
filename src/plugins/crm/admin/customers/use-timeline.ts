import { useCallback, useEffect, useState } from 'react';

import { timelineSchema, type Timeline, type TimelineEntry } from '../../shared/customers';
import { addressOf, useCrmClient, type CrmError } from '../ui';

interface Loaded {
  readonly key: string;
  readonly entries: readonly TimelineEntry[];
  readonly kinds: readonly string[];
  readonly next: string | undefined;
  readonly error: CrmError | undefined;
}

const LIMIT = 30;

const EMPTY: Omit<Loaded, 'key'> = {
  entries: [],
  kinds: [],
  next: undefined,
  error: undefined,
};

/** What is wanted: older pages belong to their list, another filter starts over. */
interface Wish {
  readonly key: string;
  readonly before: string | undefined;
  readonly attempt: number;
}

const withPage =
  (key: string, before: string | undefined, { data, page }: Timeline) =>
  (old: Loaded): Loaded => ({
    key,
    entries: before !== undefined && old.key === key ? [...old.entries, ...data] : data,
    kinds: page.kinds,
    next: page.next,
    error: undefined,
  });

const withError =
  (key: string, error: CrmError) =>
  (old: Loaded): Loaded => ({ ...(old.key === key ? old : { ...EMPTY, key }), error });

/** The timeline page by page, newest first; `changes` starts it over. */
export function useTimeline(customerId: number, kinds: string, changes: number) {
  const client = useCrmClient();
  const key = `${customerId} ${kinds} ${changes}`;
  const [wish, setWish] = useState<Wish>({ key, before: undefined, attempt: 0 });
  const [loaded, setLoaded] = useState<Loaded>({ key, ...EMPTY });
  const [settled, setSettled] = useState('');
  const before = wish.key === key ? wish.before : undefined;
  const request = `${key} ${before} ${wish.attempt}`;

  useEffect(() => {
    const controller = new AbortController();
    const settle = (change: (old: Loaded) => Loaded) => {
      setLoaded(change);
      setSettled(request);
    };
    const query = { before, kinds, limit: LIMIT };
    const path = addressOf(`/crm/customers/${customerId}/timeline`, query);
    client
      .send({ method: 'GET', path }, controller.signal)
      .then((answer) => settle(withPage(key, before, timelineSchema.parse(answer))))
      .catch((thrown: unknown) => {
        const error = client.errorOf(thrown);
        if (error) settle(withError(key, error));
      });
    return () => controller.abort();
  }, [client, customerId, kinds, key, before, request]);

  const isFetching = settled !== request;
  return {
    entries: loaded.entries,
    kinds: loaded.kinds,
    error: isFetching ? undefined : loaded.error,
    isLoading: isFetching && loaded.kinds.length === 0,
    isFetching,
    hasMore: loaded.key === key && loaded.next !== undefined,
    loadMore: useCallback(
      () => setWish((old) => ({ ...old, key, before: loaded.next })),
      [key, loaded.next],
    ),
    retry: useCallback(() => setWish((old) => ({ ...old, attempt: old.attempt + 1 })), []),
  };
}
