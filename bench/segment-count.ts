/** Compiled rules on a large shop against SQL that a person wrote for the same questions. */
import { compiled, kernel } from '../tests/support/crm';
import type { Bench, Side } from './bench';
import { millionWorld, NOW } from './data/million-world';
import { questionsFor, type Question } from './data/segment-questions';
import { median } from './measure';

/** On PostgreSQL no count may take longer. */
const MOST_SECONDS = 2;

type Count = (question: Question) => Promise<number>;

/** Counts all of them and keeps how long each took. */
function side(questions: readonly Question[], count: Count, took: Map<string, number[]>): Side {
  return async () => {
    const answer: number[] = [];
    for (const question of questions) {
      const started = performance.now();
      answer.push(await count(question));
      const seconds = (performance.now() - started) / 1000;
      took.set(question.name, [...(took.get(question.name) ?? []), seconds]);
    }
    return { amount: questions.length, answer };
  };
}

export const segmentCount: Bench = {
  name: 'segment-count',
  description:
    'Twelve compiled rules counted over 1,000,000 customers, 5,000,000 orders and 10,000,000 events ÷ the same questions in hand-written SQL.',
  unit: 'counts/s',
  reach: 0.9,
  rounds: 5,
  async prepare(log, options) {
    const { app, raw, close } = await millionWorld(log, options);
    const { clock } = kernel();
    clock(app.strapi).set(new Date(NOW));
    const { segmentsService } =
      compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
    const segments = segmentsService(app.strapi);
    const questions = questionsFor(options.database);
    const [ours, byHand] = [new Map<string, number[]>(), new Map<string, number[]>()];
    const count: Count = async ({ rule }) => {
      const counted = await segments.count(rule);
      if (!counted.ok) throw new Error(JSON.stringify(counted.refusal));
      return counted.value;
    };
    return {
      ours: side(questions, count, ours),
      twin: side(questions, async ({ sql }) => Number((await raw.rows(sql))[0]?.n), byHand),
      remarks: async () => {
        const figures = questions.map(({ name }) => {
          const [mine, theirs] = [ours, byHand].map((took) => median(took.get(name) ?? []));
          log(`${name}: ${mine?.toFixed(3)} s, by hand ${theirs?.toFixed(3)} s`);
          return mine ?? 0;
        });
        const most = options.database === 'postgres' ? MOST_SECONDS : undefined;
        return [{ name: 'slowest', figure: Math.max(...figures), unit: 's', most }];
      },
      close,
    };
  },
};
