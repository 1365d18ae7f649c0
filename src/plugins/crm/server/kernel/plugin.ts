/** Turns a list of features into the one object that Strapi loads as a plugin. */
import type { Core } from '@strapi/strapi';

import { closeWatch, watchLog } from './checkpoints';
import { addComponents } from './components';
import { crmConfig, validateConfig } from './config';
import { database, databaseRefusal } from './database';
import type { FeatureManifest } from './define-feature';
import { drainEvents, installSubscribers, onWake } from './domain-events';
import { installExtensions } from './extension-point';
import { watchRequests } from './foreground';
import { closeHeavyReads } from './heavy-reads';
import { installJobs, jobs, type QueueWorker, type Schedule } from './jobs';
import { checkJobs, createJobs } from './jobs-engine';
import { kernelMessages } from './kernel-messages';
import { kernelMigrations } from './kernel-tables';
import { installMessages } from './messages';
import { leaveNodes, listenToNodes } from './node-memory';
import { endPulse, startPulse } from './nodes';
import { closePreparedReads } from './prepared-read';
import { forgetRateLimits } from './rate-limit';
import { mountPages, strapiRoutes } from './routes';
import { rememberSchedules } from './schedule-runs';
import { endTurn, startInTurn } from './start-turn';
import { statisticsSweep } from './statistics';
import { migrate } from './tables';

const EVENTS_QUEUE = 'kernel.events';

const eventsWorker: QueueWorker = {
  queue: EVENTS_QUEUE,
  concurrency: 1,
  work: async ({ strapi }) => {
    await drainEvents(strapi);
  },
};

const eventsSweep: Schedule = {
  name: 'kernel.events-sweep',
  cron: '*/5 * * * * *',
  run: async ({ strapi }) => {
    await drainEvents(strapi);
  },
};

const rateLimitSweep: Schedule = {
  name: 'kernel.rate-limit-sweep',
  cron: '45 */10 * * * *',
  run: ({ strapi }) => forgetRateLimits(strapi),
};

const kernelSchedules = [eventsSweep, rateLimitSweep, statisticsSweep];

/** One record out of many; the same key in two features is a bug and throws. */
export function mergeUnique<T>(
  what: string,
  parts: readonly (Readonly<Record<string, T>> | undefined)[],
): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part ?? {})) {
      if (key in merged) throw new Error(`${what} "${key}" is registered by two features`);
      merged[key] = value;
    }
  }
  return merged;
}

function assertUnique(what: string, keys: readonly string[]): void {
  mergeUnique(
    what,
    keys.map((key) => ({ [key]: true })),
  );
}

type Context = { strapi: Core.Strapi };

/** All features' lists, joined in feature order and checked for duplicates. */
function collect(features: readonly FeatureManifest[]) {
  const parts = {
    routes: features.flatMap((feature) => feature.routes ?? []),
    migrations: [...kernelMigrations, ...features.flatMap((feature) => feature.migrations ?? [])],
    subscribers: features.flatMap((feature) => feature.subscribers ?? []),
    workers: [eventsWorker, ...features.flatMap((feature) => feature.workers ?? [])],
    schedules: [...kernelSchedules, ...features.flatMap((feature) => feature.schedules ?? [])],
    permissions: features.flatMap((feature) => feature.permissions ?? []),
    services: features.flatMap((feature) => feature.services ?? []),
    extensions: features.flatMap((feature) => feature.extensions ?? []),
    components: mergeUnique(
      'Component',
      features.map((feature) => feature.components),
    ),
    messages: [kernelMessages, ...features.flatMap((feature) => feature.messages ?? [])],
  };
  assertUnique(
    'Feature',
    features.map((feature) => feature.name),
  );
  assertUnique(
    'Route',
    parts.routes.map((route) => `${route.door} ${route.method} ${route.path}`),
  );
  assertUnique(
    'Migration',
    parts.migrations.map((migration) => migration.id),
  );
  assertUnique(
    'Subscriber',
    parts.subscribers.map((subscriber) => subscriber.name),
  );
  assertUnique(
    'Queue',
    parts.workers.map((worker) => worker.queue),
  );
  assertUnique(
    'Schedule',
    parts.schedules.map((schedule) => schedule.name),
  );
  assertUnique(
    'Permission',
    parts.permissions.map((permission) => permission.uid),
  );
  assertUnique(
    'Service',
    parts.services.map((service) => service.key),
  );
  return parts;
}

type Parts = ReturnType<typeof collect>;

export function definePlugin(features: readonly FeatureManifest[]) {
  const parts = collect(features);
  return {
    config: { default: {}, validator: validateConfig },
    contentTypes: mergeUnique(
      'Content type',
      features.map((feature) => feature.contentTypes),
    ),
    controllers: mergeUnique(
      'Controller',
      features.map((feature) => feature.controllers),
    ),
    services: Object.fromEntries(parts.services.map(({ key, factory }) => [key, factory])),
    routes: strapiRoutes(parts.routes),
    async register({ strapi }: Context) {
      install(strapi, parts);
      for (const feature of features) feature.register?.({ strapi });
      await startInTurn(strapi);
    },
    async bootstrap({ strapi }: Context) {
      await checkJobs(strapi);
      await migrate(strapi, parts.migrations);
      await registerPermissions(strapi, parts.permissions);
      for (const feature of features) await feature.bootstrap?.({ strapi });
      watchLog(strapi);
      watchRequests(strapi);
      await listenToNodes(strapi);
      await startPulse(strapi);
      await startJobs(strapi);
    },
    async destroy({ strapi }: Context) {
      endTurn(strapi);
      await jobs(strapi).stop();
      await endPulse(strapi);
      for (const feature of [...features].reverse()) await feature.destroy?.({ strapi });
      await closeWatch(strapi);
      await leaveNodes(strapi);
      await closeHeavyReads(strapi);
      closePreparedReads(database(strapi));
    },
  };
}

function assertDatabase(strapi: Core.Strapi): void {
  const refusal = databaseRefusal(String(strapi.config.get('database.connection.client')));
  if (refusal !== null) throw new Error(refusal);
}

function install(strapi: Core.Strapi, parts: Parts): void {
  assertDatabase(strapi);
  crmConfig(strapi);
  installExtensions(strapi, parts.extensions);
  installSubscribers(strapi, parts.subscribers);
  installMessages(strapi, parts.messages);
  installJobs(strapi, createJobs(strapi, parts.workers, parts.schedules));
  rememberSchedules(strapi, parts.schedules);
  addComponents(strapi, parts.components);
  mountPages(strapi, parts.routes);
}

async function startJobs(strapi: Core.Strapi): Promise<void> {
  if (crmConfig(strapi).jobs.enabled) {
    onWake(strapi, () => jobs(strapi).enqueue(EVENTS_QUEUE, 'drain'));
  }
  await jobs(strapi).start();
}

async function registerPermissions(
  strapi: Core.Strapi,
  permissions: readonly NonNullable<FeatureManifest['permissions']>[number][],
): Promise<void> {
  await strapi
    .service('admin::permission')
    .actionProvider.registerMany(
      permissions.map((permission) => ({ section: 'plugins', pluginName: 'crm', ...permission })),
    );
}
