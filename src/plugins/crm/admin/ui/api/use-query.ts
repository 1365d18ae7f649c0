import { useCallback, useEffect, useState } from 'react';

import type { z } from 'zod';

import type { CrmError } from './errors';
import { addressOf, useCrmClient, type Query } from './use-client';

export interface QueryState<T> {
  /** Stays from the last answer while a new one is fetched. */
  readonly data: T | undefined;
  readonly error: CrmError | undefined;
  /** The first answer is still awaited: show a skeleton. */
  readonly isLoading: boolean;
  /** Any request is under way. */
  readonly isFetching: boolean;
  readonly refetch: () => void;
}

interface Settled<T> {
  readonly key: string;
  readonly data: T | undefined;
  readonly error: CrmError | undefined;
}

/**
 * Reads an admin route and checks the answer against its contract in `shared/` (a constant, not
 * a schema made while rendering). A `null` path asks nothing, for panels that wait for a choice.
 */
export function useCrmQuery<S extends z.ZodType>(
  schema: S,
  path: string | null,
  query: Query = {},
): QueryState<z.output<S>> {
  const client = useCrmClient();
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<z.output<S>>>();
  const address = path === null ? null : addressOf(path, query);
  const key = `${address}#${attempt}`;

  useEffect(() => {
    if (address === null) return;
    const controller = new AbortController();
    client
      .send({ method: 'GET', path: address }, controller.signal)
      .then((answer) => setSettled({ key, data: schema.parse(answer), error: undefined }))
      .catch((error: unknown) => {
        const told = client.errorOf(error);
        if (told) setSettled((before) => ({ key, data: before?.data, error: told }));
      });
    return () => controller.abort();
  }, [client, address, key, schema]);

  const isCurrent = settled?.key === key;
  return {
    data: settled?.data,
    error: isCurrent ? settled.error : undefined,
    isLoading: address !== null && !isCurrent && settled?.data === undefined,
    isFetching: address !== null && !isCurrent,
    refetch: useCallback(() => setAttempt((count) => count + 1), []),
  };
}
