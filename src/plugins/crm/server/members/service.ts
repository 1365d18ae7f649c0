import type { Core } from '@strapi/strapi';

import { customersService } from '../customers';
import { clock, database } from '../kernel';
import { accountOf, openAccount } from './accounts';
import { safeNext } from './domain/next-path';
import { requireSameOrigin } from './forms';
import type { MemberFacts, MembersService } from './index';
import { activePlansOf } from './plans/store';
import { memberOf, requireMember, startSession } from './sessions';
import { registrationsOf } from './store/events';
import { overrideTemplates, renderPage } from './view';

export function createMembersService({ strapi }: { strapi: Core.Strapi }): MembersService {
  return {
    memberOf: (ctx) => memberOf(strapi, ctx),
    requireMember: (ctx) => requireMember(strapi, ctx),
    startSession: (ctx, member) => startSession(strapi, ctx, member),
    accountOf: (customerId) => accountOf(strapi, customerId),
    openAccount: (unit, opening) => openAccount(strapi, unit, opening),
    safeNext,
    async memberFacts(customerIds) {
      const customers = await customersService(strapi).findMany(customerIds);
      const since = await registrationsOf(database(strapi), customerIds);
      const now = clock(strapi).now().getTime();
      const held = await activePlansOf(database(strapi), customerIds, now);
      return new Map(
        customers.map(({ id, tier }): [number, MemberFacts] => {
          const at = since.get(id);
          const memberSince = at === undefined ? {} : { memberSince: new Date(at) };
          return [id, { tier, plans: held.get(id) ?? [], ...memberSince }];
        }),
      );
    },
    requireSameOrigin: (ctx) => requireSameOrigin(strapi, ctx),
    renderPage: (ctx, template, data, status) => renderPage(strapi, ctx, template, data, status),
    overrideTemplates: (directory) => overrideTemplates(strapi, directory),
  };
}
