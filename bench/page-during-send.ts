/**
 * A page of the site while campaigns go out as fast as they can, in the same process, against the
 * same page while nothing is sent. Requests come at a rate that a quiet server answers at once.
 */
import { startApp } from '../tests/support/app';
import {
  createArticle,
  createSegment,
  deliveryModule,
  insertPeople,
} from '../tests/support/campaign';
import { kernel } from '../tests/support/crm';
import type { Bench, Remark } from './bench';
import { expandedCampaign } from './data/campaign-rows';
import { startLoadGenerator } from './data/http-load';
import { writePage } from './data/page';
import { startSink } from './data/smtp-sink';
import { median } from './measure';

const PEOPLE = 5_000;
const CONNECTIONS = 5;
const REQUESTS = 600;
const PER_SECOND = 60;
const SLUG = 'bench-page-during-send';
/** So many times the idle figure. */
const MOST = 2;

export const pageDuringSend: Bench = {
  name: 'page-during-send',
  description: 'Requests for a page while campaigns are being sent ÷ while nothing is.',
  unit: 'requests/s',
  reach: 0.9,
  rounds: 5,
  async prepare(log) {
    const sink = await startSink();
    const app = await startApp({
      env: { SMTP_PORT: String(sink.port), SMTP_CONNECTIONS: String(CONNECTIONS) },
    });
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    log(`${PEOPLE} people, one campaign to them after the other`);
    await insertPeople(app, PEOPLE);
    const [article, segment] = [await createArticle(app), await createSegment(app)];
    await writePage(app.strapi, { slug: SLUG, lead: '配信している間も読めるページです。' });
    const load = startLoadGenerator();
    const url = `${app.origin}/articles/${SLUG}`;
    const [idle, busy] = [[] as number[], [] as number[]];
    const rates: number[] = [];
    const ask = async (p99s: number[]) => {
      const asked = { url, headers: { accept: 'text/html' }, requests: REQUESTS };
      const { seconds, p99 } = await load.run({ ...asked, perSecond: PER_SECOND });
      p99s.push(p99);
      return { amount: REQUESTS, answer: REQUESTS, seconds };
    };
    /** The rows are there before the clock starts: expanding is another matter. */
    const send = async () => {
      await deliveryModule().deliveryService(app.strapi).drain();
      await kernel().jobs(app.strapi).idle();
    };
    return {
      ours: async () => {
        // More than ten seconds' worth, so that it is sent from the first request to the last.
        for (let campaign = 0; campaign < 4; campaign += 1) {
          await expandedCampaign(app, article, segment);
        }
        await sink.reset();
        const sending = send();
        const outcome = await ask(busy);
        rates.push((await sink.count()).mails / outcome.seconds);
        await app.strapi.db.connection('crm_campaigns').update({ status: 'cancelled' });
        await sending;
        await app.strapi.db.connection('crm_messages').delete();
        return outcome;
      },
      twin: () => ask(idle),
      remarks: () => Promise.resolve(remarksOf(median(idle), median(busy), median(rates))),
      close: async () => {
        load.stop();
        await app.stop();
        await sink.stop();
      },
    };
  },
};

const remarksOf = (quiet: number, busy: number, rate: number): Remark[] => [
  { name: 'p99 while nothing is sent', figure: quiet, unit: 'ms' },
  { name: 'p99 while campaigns are sent', figure: busy, unit: 'ms' },
  { name: 'that is', figure: busy / quiet, unit: 'times', most: MOST },
  { name: 'mails sent meanwhile', figure: rate, unit: 'messages/s' },
];
