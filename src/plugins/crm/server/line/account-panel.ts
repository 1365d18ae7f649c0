import type { Core } from '@strapi/strapi';

import { customersService } from '../customers';
import { crmConfig, database, type LineAccountConfig } from '../kernel';
import type { AccountPanel } from '../members';
import { loginChannel } from './client/login-client';
import { friendsOfCustomers } from './store';

export const addFriendUrl = (account: LineAccountConfig): string =>
  account.addFriendUrl ?? `https://line.me/R/ti/p/${encodeURIComponent(account.basicId)}`;

/** On my page: which LINE account is linked, how to unlink it, or how to link one. */
export const linePanel = ({ strapi }: { strapi: Core.Strapi }): AccountPanel => ({
  key: 'line',
  async panel(member) {
    const { accounts } = crmConfig(strapi).line;
    const [first] = accounts;
    if (!first) return null;
    const linked = await friendsOfCustomers(database(strapi), [member.customerId]);
    const identities = await customersService(strapi).identities(member.customerId);
    const nameOf = (key: string) => accounts.find((account) => account.key === key)?.name ?? key;
    const hers = new Set(linked.map(({ account }) => account));
    return {
      template: 'line/account-panel',
      data: {
        accountName: first.name,
        addFriendUrl: addFriendUrl(first),
        loggedIn: identities.some(({ kind }) => kind === 'line'),
        loginUrl: loginChannel(strapi) ? '/m/line/login?link=1' : null,
        friends: linked.map(({ account, displayName, status, linkedAt }) => ({
          displayName: displayName ?? nameOf(account),
          account: accounts.length > 1 ? nameOf(account) : null,
          blocked: status === 'blocked',
          linkedAt,
        })),
        others: accounts
          .filter(({ key }) => accounts.length > 1 && !hers.has(key))
          .map((account) => ({ name: account.name, addFriendUrl: addFriendUrl(account) })),
      },
    };
  },
});
