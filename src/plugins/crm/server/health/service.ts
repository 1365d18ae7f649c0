import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import type { Health } from '../../shared/health';
import { deliveryService } from '../delivery';
import {
  clock,
  database,
  forgetNode,
  hitRateLimit,
  inTransaction,
  knownNodes,
  NODE_SILENT_MS,
  refuse,
  success,
  type Locale,
  type RateLimit,
  type Result,
} from '../kernel';

import { recipientsOf, tellTest } from './alerts';
import { worst } from './domain/incidents';
import { lookAtAll, type Look } from './look';
import { latestIncidents, readSettings, writeSettings } from './store';
import { itemOf, stateText, titleOf } from './wording';
import { watchOnce } from './watch';
import type { HealthService } from '.';

const SHOWN_INCIDENTS = 20;
/** A monitor that asks too often is told the same again. */
const KEPT_MS = 5_000;
const testAlerts: RateLimit = { name: 'health.test-alert', limit: 5, windowSeconds: 60 };

const stateOf = ({ findings }: Look) => worst(findings.map(({ state }) => state));

async function page(strapi: Core.Strapi, locale: Locale): Promise<Health> {
  const db = database(strapi);
  const look = await lookAtAll(strapi);
  const { emails, people } = await readSettings(db);
  const nodes = await knownNodes(strapi);
  const incidents = await latestIncidents(db, SHOWN_INCIDENTS);
  return {
    state: stateOf(look),
    checkedAt: look.at,
    items: look.findings.map((finding) => itemOf(strapi, locale, finding)),
    nodes: nodes.map((node) => ({ ...node, isSilent: look.at - node.seenAt >= NODE_SILENT_MS })),
    incidents: incidents.map((incident) => ({
      id: incident.id,
      title: titleOf(strapi, locale, incident),
      says: stateText(strapi, locale, incident, 'red'),
      openedAt: incident.openedAt,
      closedAt: incident.closedAt,
    })),
    tellsSomebody: emails.length + people.length > 0,
  };
}

async function testAlert(strapi: Core.Strapi): Promise<Result<number>> {
  const allowed = await hitRateLimit(strapi, testAlerts, 'all');
  if (!allowed.ok) return allowed;
  const settings = await readSettings(database(strapi));
  const recipients = await recipientsOf(strapi, settings);
  if (recipients.length === 0) return refuse('health.nobody', 409);
  await inTransaction(strapi, (unit) =>
    tellTest(strapi, unit, recipients, settings.locale, randomUUID()),
  );
  for (const channel of new Set(recipients.map((recipient) => recipient.channel))) {
    await deliveryService(strapi).sendWaiting(channel);
  }
  return success(recipients.length);
}

export function createHealthService({ strapi }: { strapi: Core.Strapi }): HealthService {
  let kept: Promise<Look> | null = null;
  let keptAt = 0;
  /** Asked by many at once, it looks once. */
  const recentLook = (): Promise<Look> => {
    const now = clock(strapi).shared().getTime();
    if (kept && Math.abs(now - keptAt) < KEPT_MS) return kept;
    keptAt = now;
    kept = lookAtAll(strapi);
    kept.catch(() => {
      kept = null;
    });
    return kept;
  };
  return {
    page: (locale) => page(strapi, locale),
    async signal() {
      const look = await recentLook();
      return {
        status: stateOf(look),
        checkedAt: new Date(look.at).toISOString(),
        checks: look.findings.map(({ key, state }) => ({ key, state })),
      };
    },
    async watch() {
      await watchOnce(strapi);
    },
    settings: () => readSettings(database(strapi)),
    async saveSettings(settings) {
      await writeSettings(database(strapi), settings, clock(strapi).now().getTime());
      return settings;
    },
    testAlert: () => testAlert(strapi),
    async forgetNode(id) {
      return (await forgetNode(strapi, id)) ? success(true) : refuse('health.node-unknown', 404);
    },
  };
}
