import { useCallback } from 'react';

import { useSearchParams } from 'react-router-dom';

/**
 * Filters, tabs and the open row live in the URL, so that they survive reload and can be sent to
 * a colleague. An empty string means "not set" and leaves the URL.
 */
export function useUrlState<Keys extends string>(
  defaults: Readonly<Record<Keys, string>>,
): readonly [Readonly<Record<Keys, string>>, (change: Partial<Record<Keys, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const keys = Object.keys(defaults) as Keys[];
  const state = Object.fromEntries(
    keys.map((key) => [key, search.get(key) ?? defaults[key]]),
  ) as Record<Keys, string>;
  const change = useCallback(
    (next: Partial<Record<Keys, string>>) => {
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [key, value] of Object.entries<string | undefined>(next)) {
            if (value) after.set(key, value);
            else after.delete(key);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return [state, change];
}
