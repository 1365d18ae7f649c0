import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { chatOfPerson, forgetFriend, friendsOfCustomers } from './store';

export const lineData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'line',
  copy: async (customerId) => ({
    friends: (await friendsOfCustomers(database(strapi), [customerId])).map(
      ({ customerId: _customerId, ...friend }) => friend,
    ),
    messages: await chatOfPerson(database(strapi), customerId),
  }),
  /** She stays a friend of the account at LINE, as nobody we know. */
  erase: (unit, customerId) => forgetFriend(unit.trx, customerId),
});
