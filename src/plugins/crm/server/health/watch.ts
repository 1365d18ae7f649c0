/** Every half minute, on every node: what turned red, what is over, who is told. */
import type { Core } from '@strapi/strapi';

import { deliveryService } from '../delivery';
import { crmConfig, database, inTransaction, type HealthFinding } from '../kernel';

import { notToldTooOften, recipientsOf, tell, type News, type Recipient } from './alerts';
import { planIncidents, type IncidentPlan } from './domain/incidents';
import { lookAtAll, type Look } from './look';
import {
  beginIncident,
  closeIncident,
  markCalm,
  openIncidents,
  readSettings,
  type IncidentRow,
} from './store';

type Plan = IncidentPlan<HealthFinding>;

const isThere = (row: IncidentRow | null): row is IncidentRow => row !== null;

/** Two nodes see the same: each incident is begun and closed by one of them. */
async function writeDown(
  strapi: Core.Strapi,
  plan: Plan,
  { at }: Look,
  recipients: readonly Recipient[],
): Promise<void> {
  const { locale } = await readSettings(database(strapi));
  await inTransaction(strapi, async (unit) => {
    const { trx } = unit;
    if (plan.calmed.length > 0) await markCalm(trx, plan.calmed, at);
    if (plan.relapsed.length > 0) await markCalm(trx, plan.relapsed, null);
    const begun: (IncidentRow | null)[] = [];
    for (const finding of plan.begin) begun.push(await beginIncident(trx, finding, at));
    const over: (IncidentRow | null)[] = [];
    for (const id of plan.over) over.push(await closeIncident(trx, id, at));
    const news: News = { begun: begun.filter(isThere), over: over.filter(isThere) };
    await tell(strapi, unit, recipients, locale, news);
  });
}

/** One look, and what follows from it. */
export async function watchOnce(strapi: Core.Strapi): Promise<Look> {
  const db = database(strapi);
  const look = await lookAtAll(strapi);
  const plan = planIncidents(await openIncidents(db), look.findings, look.at);
  const changes = [plan.begin, plan.over, plan.calmed, plan.relapsed];
  if (changes.every((change) => change.length === 0)) return look;
  const isNews = plan.begin.length + plan.over.length > 0;
  const told = isNews ? await recipientsOf(strapi, await readSettings(db)) : [];
  const recipients = await notToldTooOften(strapi, told);
  await writeDown(strapi, plan, look, recipients);
  // Whoever should send it may be what is broken: so it goes from here, too.
  for (const channel of new Set(recipients.map((recipient) => recipient.channel))) {
    await deliveryService(strapi).sendWaiting(channel);
  }
  return look;
}

const EVERY_MS = 30_000;

interface Watch {
  readonly timer: NodeJS.Timeout;
  running: Promise<unknown>;
}

const watches = new WeakMap<object, Watch>();

/** A timer of its own and no schedule: it is to notice that schedules do not run. */
export function startWatch(strapi: Core.Strapi): void {
  if (!crmConfig(strapi).jobs.enabled) return;
  const watch: Watch = {
    running: Promise.resolve(),
    timer: setInterval(() => {
      watch.running = watch.running
        .then(() => watchOnce(strapi))
        .catch((error: unknown) => {
          strapi.log.error(`crm: nobody looks after the health of this site: ${String(error)}`);
        });
    }, EVERY_MS),
  };
  watch.timer.unref();
  watches.set(strapi, watch);
}

export async function stopWatch(strapi: Core.Strapi): Promise<void> {
  const watch = watches.get(strapi);
  if (!watch) return;
  clearInterval(watch.timer);
  await watch.running;
}
