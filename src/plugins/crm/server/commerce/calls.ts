/** A call taken once under its key, whole or not at all, by whichever door it comes. */
import type { Core } from '@strapi/strapi';

import {
  clock,
  database,
  inTransaction,
  refuse,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { answerCall, claimCall, findCall, forgetCalls } from './store/calls';

/** For so long the same key has the answer of the first call. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

class Refused extends Error {
  constructor(readonly result: Result<never>) {
    super('refused');
  }
}

/** A call by its key; null: the caller named none, and the call is made as often as it comes. */
export interface Call {
  readonly key: string | null;
  readonly bodyHash: string;
}

/** What a call came to; `isRepeat`: it was made before, and this is the answer of then. */
export type CallAnswer<T> =
  | { readonly isRepeat: false; readonly answer: { readonly data: T } }
  | { readonly isRepeat: true; readonly answer: unknown };

/** Runs a call once under its key: call and answer commit together, a refusal leaves no trace. */
export async function callOnce<T extends object>(
  strapi: Core.Strapi,
  { key, bodyHash }: Call,
  run: (unit: UnitOfWork) => Promise<Result<T>>,
): Promise<Result<CallAnswer<T>>> {
  try {
    return await inTransaction(strapi, async (unit) => {
      const now = clock(strapi).now().getTime();
      if (key !== null && !(await claimCall(unit.trx, { key, bodyHash, now }))) {
        const before = await findCall(unit.trx, key);
        if (before?.bodyHash !== bodyHash) return refuse('commerce.key-reused', 422);
        return success({ isRepeat: true as const, answer: before.answer });
      }
      const result = await run(unit);
      if (!result.ok) throw new Refused(result);
      const answer = { data: result.value };
      if (key !== null) await answerCall(unit.trx, key, answer);
      return success({ isRepeat: false as const, answer });
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

export const forgetOldCalls = (strapi: Core.Strapi, now: Date): Promise<void> =>
  forgetCalls(database(strapi), now.getTime() - KEPT_MS);
