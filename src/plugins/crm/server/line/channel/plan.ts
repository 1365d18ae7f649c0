/** Who goes with whom, decided once and written down before the first call. */
import type { Core } from '@strapi/strapi';

import { clock, database, inTransaction } from '../../kernel';
import { groupsOf } from '../domain/groups';
import { fixAlone, fixMulticast, plannedFor, type Multicast } from '../store';
import type { Sendable } from './sendable';

interface Planned {
  readonly multicasts: readonly Multicast[];
  readonly alone: readonly Sendable[];
}

/**
 * Words that name the row they were made for can never be another's: those go alone without a
 * note. Transactional messages too: the same words twice to one person are two messages. What a
 * person lets go once more leaves the others of its call, who may have theirs.
 */
const mayBeShared = ({ message }: Sendable): boolean =>
  !message.isPersonal && !message.isSentAgain && message.campaignId !== null;

const memberOf = ({ message, userId }: Sendable) => ({ messageId: message.id, userId });

export async function planOf(strapi: Core.Strapi, all: readonly Sendable[]): Promise<Planned> {
  const shared = all.filter(mayBeShared);
  const known = await plannedFor(
    database(strapi),
    shared.map(({ message }) => message.id),
  );
  const fresh = await fixed(
    strapi,
    shared.filter(({ message }) => !known.has(message.id)),
  );
  const before = [...known.values()].flatMap((multicast) => multicast ?? []);
  const multicasts = new Map([...before, ...fresh].map((each) => [each.id, each]));
  const together = new Set(
    [...multicasts.values()].flatMap(({ members }) => members.map(({ messageId }) => messageId)),
  );
  return {
    multicasts: [...multicasts.values()],
    alone: all.filter(({ message }) => !together.has(message.id)),
  };
}

/** All or nothing: what another worker planned meanwhile makes this one start again later. */
async function fixed(strapi: Core.Strapi, unplanned: readonly Sendable[]): Promise<Multicast[]> {
  if (unplanned.length === 0) return [];
  const now = clock(strapi).now().getTime();
  const groups = groupsOf(unplanned);
  return inTransaction(strapi, async ({ trx }) => {
    const multicasts: Multicast[] = [];
    const alone = groups.filter((group) => group.length === 1).flat();
    await fixAlone(trx, alone.map(memberOf), now);
    for (const group of groups) {
      const [first] = group;
      if (!first || group.length === 1) continue;
      const { account, body } = first;
      multicasts.push(
        await fixMulticast(trx, { account, body, members: group.map(memberOf) }, now),
      );
    }
    return multicasts;
  });
}
