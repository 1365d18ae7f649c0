import type { Core } from '@strapi/strapi';

import { ordersPlaced } from '../commerce';
import {
  customerChanged,
  customerLinks,
  customerOptions,
  linksOfTable,
  timelineSources,
} from '../customers';
import { clock, database, defineFeature, personalData, subscribe, type Locale } from '../kernel';
import { segmentConditions, segmentOptions, segmentsService } from '../segments';
import { eventsTracked, visitorResolver } from '../tracking';
import { memberForms } from './controllers/forms';
import { memberPages } from './controllers/pages';
import { membersService, plansChanged, plansService, pointsChanged, tiersService } from './index';
import { messages } from './messages';
import { ownFieldsController } from './own-fields/controller';
import { membershipData } from './personal-data';
import { pointsController } from './points/controller';
import { refreshAtBoundaries } from './plans/boundaries';
import { planCondition, planOptions } from './plans/conditions/plan';
import { planContentType } from './plans/content-type';
import { plansController } from './plans/controller';
import { createPlansService } from './plans/service';
import { membersRoutes } from './routes';
import { createMembersService } from './service';
import {
  closeStockRegistration,
  endSessionsWithPassword,
  freeCustomerOfDeletedLogin,
  keepTokensFromSearch,
} from './settings';
import { sessionLinks } from './session-links';
import { staffController } from './staff/controller';
import { deleteSessionsExpiredBefore } from './store/sessions';
import { deleteTokensExpiredBefore } from './store/tokens';
import { membersMigrations } from './tables';
import { memberTierContentType } from './tiers/content-type';
import { tiersController } from './tiers/controller';
import { noteChangedTiers } from './tiers/history';
import { currentRule } from './tiers/rule';
import { createTiersService, sweepTiers, tierName } from './tiers/service';
import { applyTiers, tiersWorker } from './tiers/settings';
import { listTiers, seedTiers } from './tiers/store';
import { memberTimeline } from './timeline';

const WEEK_MS = 7 * 86_400_000;

const tierOptions = async (strapi: Core.Strapi, locale: Locale) =>
  (await listTiers(strapi)).map((tier) => ({
    value: tier.key,
    label: tierName(tier, locale),
  }));

export default defineFeature({
  name: 'members',
  contentTypes: { 'member-tier': memberTierContentType, plan: planContentType },
  controllers: {
    'member-pages': memberPages,
    'member-forms': memberForms,
    'member-plans': plansController,
    'member-tiers': tiersController,
    'member-fields': ownFieldsController,
    'member-points': pointsController,
    'member-staff': staffController,
  },
  services: [
    membersService.provide(createMembersService),
    tiersService.provide(createTiersService),
    plansService.provide(createPlansService),
  ],
  permissions: [
    { uid: 'members.manage', displayName: 'Change memberships', subCategory: 'members' },
    { uid: 'members.forget', displayName: 'Erase personal data', subCategory: 'members' },
    {
      uid: 'members.rules',
      displayName: 'Edit tiers, plans and what members enter',
      subCategory: 'members',
    },
  ],
  routes: membersRoutes,
  migrations: membersMigrations,
  messages,
  subscribers: [
    subscribe(ordersPlaced, 'members.tiers', 'inline', ({ strapi }, { customerIds }) =>
      tiersService(strapi).recalculate(customerIds),
    ),
    subscribe(pointsChanged, 'members.tiers-by-points', 'inline', ({ strapi }, { customerIds }) =>
      tiersService(strapi).recalculate(customerIds),
    ),
    // Visits are events; the rule is looked at first, since most sites count something else.
    subscribe(eventsTracked, 'members.tiers-by-visits', 'background', async ({ strapi }, event) => {
      if ((await currentRule(strapi)).metric !== 'visits') return;
      await tiersService(strapi).recalculate(event.customerIds);
    }),
    subscribe(customerChanged, 'members.tier-history', 'inline', async ({ strapi }, event) => {
      if (event.fields.includes('tier')) await noteChangedTiers(strapi, event.customerIds);
    }),
    subscribe(plansChanged, 'members.plan-segments', 'inline', ({ strapi }, { customerIds }) =>
      segmentsService(strapi).refreshForCustomers(customerIds, ['plans']),
    ),
  ],
  extensions: [
    timelineSources.provide(memberTimeline),
    customerLinks.provide(sessionLinks),
    customerLinks.provide(() => linksOfTable({ table: 'crm_points', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_member_events', holds: false })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_plan_memberships', holds: true })),
    personalData.provide(membershipData),
    // What a logged-in browser does belongs to its member.
    visitorResolver.provide(({ strapi }) => ({
      customerOf: async (ctx) => (await membersService(strapi).memberOf(ctx))?.customerId ?? null,
    })),
    customerOptions.provide(({ strapi }) => ({
      key: 'tier',
      options: (locale) => tierOptions(strapi, locale),
    })),
    segmentOptions.provide(({ strapi }) => ({
      field: 'tier',
      options: (locale) => tierOptions(strapi, locale),
    })),
    // The gate offers these where an editor says who sees something.
    segmentOptions.provide(({ strapi }) => ({
      field: 'plan',
      options: (locale) => planOptions(strapi, locale),
    })),
    segmentConditions.provide(planCondition),
  ],
  workers: [tiersWorker],
  schedules: [
    {
      name: 'members.plan-boundaries',
      cron: '30 * * * * *',
      run: ({ strapi }, now) => refreshAtBoundaries(strapi, now),
    },
    {
      name: 'members.sweep',
      cron: '0 20 4 * * *',
      run: async ({ strapi }, now) => {
        // An expired link still explains itself for a week; what was entered is then forgotten.
        await deleteTokensExpiredBefore(database(strapi), now.getTime() - WEEK_MS);
        await deleteSessionsExpiredBefore(database(strapi), clock(strapi).now().getTime());
        await applyTiers(strapi);
        await sweepTiers(strapi);
      },
    },
  ],
  register({ strapi }) {
    endSessionsWithPassword(strapi);
    freeCustomerOfDeletedLogin(strapi);
    keepTokensFromSearch(strapi);
  },
  async bootstrap({ strapi }) {
    await closeStockRegistration(strapi);
    await seedTiers(strapi);
  },
});
