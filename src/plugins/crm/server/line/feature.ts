import {
  customerFacts,
  customerImportColumns,
  customerLinks,
  linksOfTable,
  timelineSources,
} from '../customers';
import { channels } from '../delivery';
import { defineFeature, healthChecks, personalData } from '../kernel';
import { accountPanels, loginMethods } from '../members';
import { segmentConditions, segmentUsages } from '../segments';
import { linePanel } from './account-panel';
import { botsAsked } from './bots';
import { createLineChannel } from './channel/send';
import { autoReplyContentType } from './content-type';
import { accountsController } from './controllers/accounts';
import { chatsController } from './controllers/chats';
import { couponsController } from './controllers/coupons';
import { linkController } from './controllers/link';
import { loginController } from './controllers/login';
import { followerImportsController } from './controllers/follower-imports';
import { friendRoutesController } from './controllers/friend-routes';
import { richMenusController } from './controllers/rich-menus';
import { sentElsewhereController } from './controllers/sent-elsewhere';
import { webhookController } from './controllers/webhook';
import { lineFacts } from './customer-facts';
import { quotaCheck, webhookCheck } from './health';
import { lineHealthMessages } from './health-messages';
import { lineService } from '.';
import { lineImportColumns } from './import-columns';
import { lineLoginMethod } from './login/button';
import { lineMessages } from './messages';
import { lineData } from './personal-data';
import { lineRoutes } from './routes';
import { accountCondition } from './conditions/account';
import { friendCondition } from './conditions/friend';
import { lineSubscribers } from './subscribers';
import { createLineService } from './service';
import { lineMigrations } from './tables';
import { lineTimeline } from './timeline';
import { followerImportSweep, followerImportWorker } from './followers/import';
import { friendRouteContentType } from './friend-routes/content-type';
import { richMenuContentType } from './rich-menus/content-type';
import { menuUsages } from './rich-menus/service';
import { menuSync } from './rich-menus/sync';
import { narrowcastCheck } from './narrowcast/health';
import { narrowcastSweep } from './narrowcast/sweep';
import { unitStatistics } from './channel/units';
import { lineCleanup, webhookSweep, webhookWorker } from './webhook/process';

export default defineFeature({
  name: 'line',
  contentTypes: {
    'line-auto-reply': autoReplyContentType,
    'line-rich-menu': richMenuContentType,
    'line-friend-route': friendRouteContentType,
  },
  migrations: lineMigrations,
  services: [lineService.provide(createLineService)],
  controllers: {
    'line-webhook': webhookController,
    'line-link': linkController,
    'line-login': loginController,
    'line-accounts': accountsController,
    'line-chats': chatsController,
    'line-rich-menus': richMenusController,
    'line-coupons': couponsController,
    'line-friend-routes': friendRoutesController,
    'line-sent': sentElsewhereController,
    'line-follower-imports': followerImportsController,
  },
  routes: lineRoutes,
  permissions: [
    { uid: 'line.unlink', displayName: 'Disconnect LINE accounts', subCategory: 'line' },
    { uid: 'line.routes', displayName: 'See LINE friend routes', subCategory: 'line' },
    { uid: 'line.menus', displayName: 'Design LINE rich menus', subCategory: 'line' },
    { uid: 'line.coupons', displayName: 'Make LINE coupons', subCategory: 'line' },
    { uid: 'line.import', displayName: 'Import LINE followers', subCategory: 'line' },
    { uid: 'line.chat', displayName: 'Talk with friends on LINE', subCategory: 'line' },
  ],
  extensions: [
    channels.provide(({ strapi }) => createLineChannel(strapi)),
    timelineSources.provide(lineTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_line_friends', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_line_history', holds: false })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_line_messages', holds: false })),
    personalData.provide(lineData),
    customerFacts.provide(lineFacts),
    customerImportColumns.provide(lineImportColumns),
    segmentConditions.provide(friendCondition),
    segmentConditions.provide(accountCondition),
    segmentUsages.provide(menuUsages),
    accountPanels.provide(linePanel),
    loginMethods.provide(lineLoginMethod),
    healthChecks.provide(({ strapi }) => webhookCheck(strapi)),
    healthChecks.provide(({ strapi }) => quotaCheck(strapi)),
    healthChecks.provide(({ strapi }) => narrowcastCheck(strapi)),
  ],
  subscribers: lineSubscribers,
  workers: [webhookWorker, followerImportWorker],
  schedules: [
    narrowcastSweep,
    webhookSweep,
    lineCleanup,
    unitStatistics,
    menuSync,
    botsAsked,
    followerImportSweep,
  ],
  messages: {
    ja: { ...lineMessages.ja, ...lineHealthMessages.ja },
    en: { ...lineMessages.en, ...lineHealthMessages.en },
  },
});
