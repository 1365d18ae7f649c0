import { useCallback, useEffect, useMemo, useState } from 'react';

import { z } from 'zod';

import type { CrmError } from './errors';
import { addressOf, useCrmClient, type Query } from './use-client';

const pageSchema = z.object({
  next: z.string().optional(),
  total: z.number(),
  totalIsEstimate: z.boolean(),
});
export type PageInfo = z.output<typeof pageSchema>;

export interface ListState<Row> {
  readonly rows: readonly Row[];
  readonly total: number | undefined;
  /** True: `total` is an estimate, say "about". */
  readonly totalIsEstimate: boolean;
  readonly error: CrmError | undefined;
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  /** Starts over from the first page. */
  readonly refetch: () => void;
}

/** Which rows are wanted: another filter is another list, a cursor belongs to its list. */
interface Wish {
  readonly list: string;
  readonly cursor: string;
  readonly attempt: number;
}

interface Loaded<Row> {
  readonly list: string;
  readonly rows: readonly Row[];
  readonly page: PageInfo | undefined;
  readonly settled: string;
  readonly error: CrmError | undefined;
}

const keyOf = ({ list, cursor, attempt }: Wish): string => `${list}#${cursor}#${attempt}`;

const addressOfPage = ({ list, cursor }: Wish): string =>
  cursor ? `${list}${list.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : list;

function withPage<Row>(
  before: Loaded<Row> | undefined,
  wish: Wish,
  { data, page }: { readonly data: readonly Row[]; readonly page: PageInfo },
): Loaded<Row> {
  const earlier = wish.cursor && before?.list === wish.list ? before.rows : [];
  return {
    list: wish.list,
    rows: [...earlier, ...data],
    page,
    settled: keyOf(wish),
    error: undefined,
  };
}

function withError<Row>(before: Loaded<Row> | undefined, wish: Wish, error: CrmError): Loaded<Row> {
  const same = before?.list === wish.list ? before : undefined;
  return {
    list: wish.list,
    rows: same?.rows ?? [],
    page: same?.page,
    settled: keyOf(wish),
    error,
  };
}

const NOTHING = { rows: [], total: undefined, totalIsEstimate: false, error: undefined };

/** What a screen sees: rows of the list before stay until the new ones are there. */
function shown<Row>(loaded: Loaded<Row> | undefined, wish: Wish | null) {
  const isFetching = wish !== null && loaded?.settled !== keyOf(wish);
  if (!loaded) return { ...NOTHING, isLoading: isFetching, isFetching };
  return {
    rows: loaded.rows,
    total: loaded.page?.total,
    totalIsEstimate: loaded.page?.totalIsEstimate ?? false,
    error: isFetching ? undefined : loaded.error,
    isLoading: false,
    isFetching,
  };
}

const nextOf = <Row>(loaded: Loaded<Row> | undefined, list: string | null): string | undefined =>
  loaded?.list === list ? loaded?.page?.next : undefined;

/** Reads a list by keyset paging: rows of later pages are added below. */
export function useCrmList<S extends z.ZodType>(
  rowSchema: S,
  path: string | null,
  query: Query = {},
): ListState<z.output<S>> {
  const client = useCrmClient();
  const [{ list: paged, cursor: reached, attempt }, setWish] = useState<Wish>(START);
  const [loaded, setLoaded] = useState<Loaded<z.output<S>>>();
  const list = path === null ? null : addressOf(path, query);
  const cursor = paged === list ? reached : '';
  const wish = useMemo(
    () => (list === null ? null : { list, cursor, attempt }),
    [list, cursor, attempt],
  );

  useEffect(() => {
    if (wish === null) return;
    const controller = new AbortController();
    const answerSchema = z.object({ data: z.array(rowSchema), page: pageSchema });
    client
      .send({ method: 'GET', path: addressOfPage(wish) }, controller.signal)
      .then((answer) => {
        const parsed = answerSchema.parse(answer);
        setLoaded((before) => withPage(before, wish, parsed));
      })
      .catch((thrown: unknown) => {
        const error = client.errorOf(thrown);
        if (error) setLoaded((before) => withError(before, wish, error));
      });
    return () => controller.abort();
  }, [client, wish, rowSchema]);

  const next = nextOf(loaded, list);
  return {
    ...shown(loaded, wish),
    hasMore: next !== undefined,
    loadMore: useCallback(() => {
      if (list !== null && next) setWish((old) => ({ ...old, list, cursor: next }));
    }, [list, next]),
    refetch: useCallback(() => setWish((old) => ({ ...START, attempt: old.attempt + 1 })), []),
  };
}

const START: Wish = { list: '', cursor: '', attempt: 0 };
