/** Rows of a campaign among whose people LINE is to choose: kept, until all of them have come. */
import type { Core } from '@strapi/strapi';

import type { SendOutcome } from '../../delivery';
import { database } from '../../kernel';
import type { Sendable } from '../channel/sendable';
import { demographicOf } from '../domain/demographic';
import { narrowcastFor } from '../store';

const DIFFERENT: SendOutcome = {
  status: 'failed',
  reason: 'narrowcast: the words are not the same for everybody',
};

/** An answer for each row that is not to be sent by itself. One call carries one text. */
export async function gather(
  strapi: Core.Strapi,
  ready: readonly Sendable[],
  now: number,
): Promise<Map<number, SendOutcome>> {
  const outcomes = new Map<number, SendOutcome>();
  const known = new Map<string, string>();
  for (const { message, account, body } of ready) {
    const { narrowed, campaignId } = message;
    if (!narrowed || campaignId === null) continue;
    const fixed =
      known.get(account) ??
      (
        await narrowcastFor(
          database(strapi),
          {
            campaignId,
            account,
            body,
            demographic: JSON.stringify(demographicOf(narrowed.by)),
            partially: narrowed.partially,
          },
          now,
        )
      ).body;
    known.set(account, fixed);
    outcomes.set(message.id, fixed === body ? { status: 'gathered' } : DIFFERENT);
  }
  return outcomes;
}
