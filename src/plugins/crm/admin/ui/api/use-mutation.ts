import { useCallback, useEffect, useState } from 'react';

import { useNotification } from '@strapi/strapi/admin';
import type { z } from 'zod';

import type { CrmError } from './errors';
import { showFirstProblem } from './first-problem';
import { useCrmClient, type CrmRequest } from './use-client';

export type MutationResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CrmError | null };

export interface MutationState<Input, T> {
  /** Never throws: `const saved = await save.run(input); if (saved.ok) …`. */
  readonly run: (input: Input) => Promise<MutationResult<T>>;
  readonly isRunning: boolean;
  readonly error: CrmError | undefined;
  /** Message by field path, for `<Field.Root error={fieldErrors.name}>`. */
  readonly fieldErrors: Readonly<Record<string, string>>;
  readonly reset: () => void;
}

/**
 * Changes something through an admin route. A refusal shows as a notification unless it names
 * fields (those stand beside the fields, and the first of them is shown); pass `quiet` to show everything yourself.
 */
export function useCrmMutation<Input, S extends z.ZodType>(
  schema: S,
  request: (input: Input) => CrmRequest,
  options: { readonly quiet?: boolean } = {},
): MutationState<Input, z.output<S>> {
  const client = useCrmClient();
  const { toggleNotification } = useNotification();
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<CrmError>();
  const { quiet = false } = options;
  useEffect(() => {
    if (error && Object.keys(error.fields).length > 0) showFirstProblem();
  }, [error]);

  const fail = (thrown: unknown): MutationResult<z.output<S>> => {
    const told = client.errorOf(thrown);
    setError(told ?? undefined);
    if (told && !quiet && Object.keys(told.fields).length === 0) {
      toggleNotification({ type: 'danger', message: told.message });
    }
    return { ok: false, error: told };
  };

  const run = async (input: Input): Promise<MutationResult<z.output<S>>> => {
    setRunning(true);
    setError(undefined);
    try {
      return { ok: true, value: schema.parse(await client.send(request(input))) };
    } catch (thrown) {
      return fail(thrown);
    } finally {
      setRunning(false);
    }
  };

  return {
    run,
    isRunning,
    error,
    fieldErrors: error?.fields ?? {},
    reset: useCallback(() => setError(undefined), []),
  };
}
