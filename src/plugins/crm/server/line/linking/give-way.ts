/**
 * A file may name a LINE user id for the wrong person. Who proves on LINE that it is hers gets it,
 * with what that LINE user did here; the other person's timeline says so, and staff have a task.
 */
import type { Core } from '@strapi/strapi';

import { activitiesService } from '../../activities';
import { customersService } from '../../customers';
import { crmConfig, subscribe, translate, type UnitOfWork } from '../../kernel';
import { lineGaveWay } from '..';
import { addHistory, friendsOfUser, movePast, setFriendCustomer, toldHolder } from '../store';

interface Proved {
  readonly userId: string;
  /** Who has proved that the LINE account is hers. */
  readonly customerId: number;
  readonly at: number;
}

export async function giveWay(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { userId, customerId, at }: Proved,
): Promise<void> {
  const told = await toldHolder(unit.trx, userId);
  if (told === null || told === customerId) return;
  const friends = await friendsOfUser(unit.trx, userId);
  for (const friend of friends) {
    await movePast(unit.trx, friend, { from: told, to: customerId });
    await setFriendCustomer(unit.trx, friend, null, at);
  }
  const identity = { customerId: told, kind: 'line' as const, value: userId };
  await customersService(strapi).detachIdentity(unit, identity);
  const account = friends[0]?.account ?? crmConfig(strapi).line.accounts[0]?.key ?? '';
  await addHistory(unit.trx, { account, userId, customerId: told, type: 'gave-way', at });
  await unit.publish(lineGaveWay, { customerId: told });
}

/** Once, although the event may come twice. */
export const giveWayTask = subscribe(
  lineGaveWay,
  'line.task-after-giving-way',
  'background',
  async ({ strapi }, { customerId }) => {
    const title = translate(strapi, crmConfig(strapi).defaultLocale, 'line.gave-way-task');
    const { tasks } = await activitiesService(strapi).of(customerId);
    if (tasks.some((task) => task.doneAt === null && task.title === title)) return;
    await activitiesService(strapi).addTask(
      customerId,
      { title, dueOn: null, assigneeId: null },
      null,
    );
  },
);
