import { useEffect, useState } from 'react';

import type { z } from 'zod';

import { useCrmClient, type CrmError } from '../ui';

export interface AnswerState<T> {
  /** Stays from the question before while the new one is answered. */
  readonly data: T | undefined;
  readonly error: CrmError | undefined;
  readonly isAsking: boolean;
}

interface Settled<T> {
  readonly key: string;
  readonly data?: T;
  readonly error?: CrmError;
}

/**
 * Asks a question that is too large for an address, once it has not changed for `delay`
 * milliseconds. Null: there is nothing to ask yet. `schema` is a constant, of the whole answer.
 */
export function useAnswer<S extends z.ZodType>(
  schema: S,
  path: string,
  question: object | null,
  delay = 0,
): AnswerState<z.output<S>> {
  const client = useCrmClient();
  const [settled, setSettled] = useState<Settled<z.output<S>>>();
  const key = question === null ? null : JSON.stringify(question);

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const ask = async () => {
      try {
        const body: unknown = JSON.parse(key);
        const answer = await client.send({ method: 'POST', path, body }, controller.signal);
        setSettled({ key, data: schema.parse(answer) });
      } catch (thrown) {
        const error = client.errorOf(thrown);
        if (error && !controller.signal.aborted) setSettled({ key, error });
      }
    };
    const timer = setTimeout(() => void ask(), delay);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, schema, path, key, delay]);

  return {
    data: key === null ? undefined : settled?.data,
    error: settled?.key === key ? settled?.error : undefined,
    isAsking: key !== null && settled?.key !== key,
  };
}
