/**
 * A page of the site while rules are counted over 1,000,000 customers and 5,000,000 orders, against
 * the same page while nothing is: better-sqlite3 stops the thread that it runs on. Requests come at
 * a rate that a quiet server answers at once, because the question is who waits, not who is full.
 */
import type { Core } from '@strapi/strapi';

import { compiled, kernel } from '../tests/support/crm';
import type { Bench, BenchOptions, Remark } from './bench';
import { startLoadGenerator } from './data/http-load';
import { millionWorld, NOW } from './data/million-world';
import { writePage } from './data/page';
import { questionsFor } from './data/segment-questions';
import { median } from './measure';

const REQUESTS = 600;
const PER_SECOND = 60;
const SLUG = 'bench-page-during-count';
/** So many times the idle figure. */
const MOST = 2;

/** Counts one rule after the other until it is told to stop. */
function counter(strapi: Core.Strapi, database: BenchOptions['database']) {
  const { segmentsService } =
    compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
  const segments = segmentsService(strapi);
  const questions = questionsFor(database);
  let counted = 0;
  return {
    counted: () => counted,
    async until(isOver: () => boolean): Promise<void> {
      while (!isOver()) {
        const question = questions[counted % questions.length];
        if (!question) return;
        const answer = await segments.count(question.rule);
        if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
        counted += 1;
      }
    },
  };
}

export const pageDuringCount: Bench = {
  name: 'page-during-count',
  description: 'Requests for a page while rules are counted over a million ÷ while nothing is.',
  unit: 'requests/s',
  reach: 0.9,
  rounds: 5,
  async prepare(log, options) {
    const { app, close } = await millionWorld(log, options);
    kernel().clock(app.strapi).set(new Date(NOW));
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const removePage = await writePage(app.strapi, {
      slug: SLUG,
      lead: '数えている間も読めるページです。',
    });
    const counting = counter(app.strapi, options.database);
    const load = startLoadGenerator();
    const url = `${app.origin}/articles/${SLUG}`;
    const headers = { accept: 'text/html' };
    const [idle, busy] = [[] as number[], [] as number[]];
    const ask = async (p99s: number[]) => {
      const asked = { url, headers, requests: REQUESTS, perSecond: PER_SECOND };
      const { seconds, p99 } = await load.run(asked);
      p99s.push(p99);
      log(`${p99s === idle ? 'idle' : 'counting'}: p99 ${p99.toFixed(2)} ms`);
      return { amount: REQUESTS, answer: REQUESTS, seconds };
    };
    return {
      ours: async () => {
        let isOver = false;
        const counts = counting.until(() => isOver);
        const outcome = await ask(busy);
        isOver = true;
        await counts;
        return outcome;
      },
      twin: () => ask(idle),
      remarks: async () => remarksOf(median(idle), median(busy), counting.counted()),
      close: async () => {
        load.stop();
        await removePage();
        await close();
      },
    };
  },
};

const remarksOf = (quiet: number, busy: number, counted: number): Remark[] => [
  { name: 'p99 while nothing is counted', figure: quiet, unit: 'ms' },
  { name: 'p99 while rules are counted', figure: busy, unit: 'ms' },
  { name: 'that is', figure: busy / quiet, unit: 'times', most: MOST },
  { name: 'rules counted meanwhile', figure: counted, unit: 'counts' },
  { name: 'resident memory', figure: process.memoryUsage.rss() / 1e6, unit: 'MB' },
];
