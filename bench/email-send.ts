/**
 * A campaign's rows through the whole product to an SMTP server that accepts: claim, guard, render,
 * personalise, track, hand over, send, settle. The twin is what Strapi 5.54 itself sends with,
 * nodemailer 9's pool as it comes; beside it the newest nodemailer's, and a loop that sends mails
 * built before the clock started, and Postfix's load generator into Postfix's sink: what SMTP can do
 * on this machine. Every side but that one tells whom the server got, and how many.
 */
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type * as NodemailerTypes from 'nodemailer';

import {
  campaignInput,
  createArticle,
  createSegment,
  deliveryModule,
  insertPeople,
} from '../tests/support/campaign';
import { startApp, type TestApp } from '../tests/support/app';
import { kernel } from '../tests/support/crm';
import type { Bench, Outcome, ReadyBench, Remark } from './bench';
import { expandedCampaign } from './data/campaign-rows';
import { startPostfix, type Postfix } from './data/postfix';
import { startSink, type Sink } from './data/smtp-sink';

/** So many in every round, so that the timed rounds send 100,000. */
const PEOPLE = 10_000;
const ROUNDS = 10;
const CONNECTIONS = 5;
const SLOW_PEOPLE = 400;
const QUICK_PEOPLE = 2_000;
/** What smtp-source is given: its best on two cores. */
const SESSIONS = 20;
const RAW_MESSAGES = 20_000;
/** A kilobyte a message; the database's cache and the other sides take some of it. */
const RESIDENT_MB = 90;
/** A tenth of a kilobyte a message: nothing is kept of them. */
const LIVE_MB = 9;

const RAW = `Postfix's smtp-source, ${SESSIONS} sessions`;

type Nodemailer = typeof NodemailerTypes;

const requireHere = createRequire(__filename);
const newest = () => requireHere('nodemailer') as Nodemailer;
/** The copy inside Strapi's own e-mail provider. */
const ofStrapi = () =>
  createRequire(requireHere.resolve('@strapi/provider-email-nodemailer/package.json'))(
    'nodemailer',
  ) as Nodemailer;

/** As long as the campaign's mail, and as personal. */
const mailFor = (number: number, body: { html: string; text: string }) => ({
  from: '"縁レコード" <news@enishi-records.example>',
  to: `person${number}@example.jp`,
  subject: `人${number}様へ 冬の入荷`,
  html: body.html.replaceAll('人0', `人${number}`),
  text: body.text.replaceAll('人0', `人${number}`),
});

interface Body {
  readonly html: string;
  readonly text: string;
}

/** What the campaign says to the first person: the other sides send the same. */
async function bodyOf(app: TestApp, article: string): Promise<Body> {
  const [{ previewCampaign }, [first]] = [
    requireCompiled(),
    await app.strapi.db.connection('crm_customers').orderBy('id').limit(1).select('id'),
  ];
  const preview = await previewCampaign(app.strapi, campaignInput(article, ''), {
    customerId: Number(first.id),
  });
  const content = preview.ok ? preview.value.channels[0]?.content : null;
  if (!content) throw new Error('The campaign shows nothing');
  return content;
}

type Readiness = typeof import('../src/plugins/crm/server/delivery/campaigns/readiness');
const requireCompiled = () =>
  requireHere('../src/plugins/crm/dist/server/delivery/campaigns/readiness.js') as Readiness;

const seconds = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9;

async function counted(sink: Sink, people: number, send: () => Promise<void>): Promise<Outcome> {
  await sink.reset();
  const start = process.hrtime.bigint();
  await send();
  const took = seconds(start);
  const { mails, people: reached } = await sink.count();
  const once = mails === people && reached === people;
  return { amount: people, answer: once ? 'each person once' : { mails, reached }, seconds: took };
}

async function sendWith(
  nodemailer: Nodemailer,
  port: number,
  people: number,
  mail: (number: number) => object,
) {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: CONNECTIONS,
    ignoreTLS: true,
  });
  await Promise.all(
    Array.from({ length: people }, (_, number) => transport.sendMail(mail(number))),
  );
  transport.close();
}

/** smtp-source only says that all were taken. */
const UNTOLD = 'all taken';

const differences = (ours: unknown, other: unknown): string | null =>
  other === UNTOLD || ours === other
    ? null
    : `ours ${JSON.stringify(ours)}, the other ${JSON.stringify(other)}`;

interface MemoryAt {
  readonly resident: number;
  /** What is still in use when everything else has been thrown away. */
  readonly live: number;
}

/** Node hides its collector unless asked. */
function memoryNow(): MemoryAt {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / 1e6, live: (heapUsed + external) / 1e6 };
}

/** After the warm-up, from the first 10,000 messages to the last of 100,000. */
function growthOf([, first, ...later]: readonly MemoryAt[]): Remark[] {
  const last = later.at(-1);
  if (!first || !last) return [];
  const growth = (part: keyof MemoryAt) => Math.max(0, last[part] - first[part]);
  const over = `over ${ROUNDS * PEOPLE} messages`;
  return [
    { name: 'resident memory at the end', figure: last.resident, unit: 'MB' },
    { name: `its growth ${over}`, figure: growth('resident'), unit: 'MB', most: RESIDENT_MB },
    { name: `growth of what is in use ${over}`, figure: growth('live'), unit: 'MB', most: LIVE_MB },
  ];
}

interface RawMail {
  readonly envelope: { readonly from: string; readonly to: string };
  readonly raw: string;
}

/** Built before any clock starts. */
const rawMails = (body: Body): RawMail[] =>
  Array.from({ length: QUICK_PEOPLE }, (_, number) => {
    const { to, html, subject } = mailFor(number, body);
    const lines = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n');
    return {
      envelope: { from: 'news@enishi-records.example', to },
      raw: `Subject: ${subject.length}\r\nTo: ${to}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`,
    };
  });

function otherSides(
  sink: Sink,
  body: Body,
  raw: readonly RawMail[],
  postfix: Postfix | null,
): NonNullable<ReadyBench['others']> {
  const quick = (mail: (number: number) => object) => () =>
    counted(sink, QUICK_PEOPLE, () => sendWith(newest(), sink.port, QUICK_PEOPLE, mail));
  const bytes = raw[0]?.raw.length ?? 10_000;
  return {
    'newest nodemailer': quick((number) => mailFor(number, body)),
    'prebuilt messages': quick((number) => raw[number] ?? {}),
    ...(postfix && {
      [RAW]: async () => ({
        amount: RAW_MESSAGES,
        answer: UNTOLD,
        seconds: await postfix.send({ messages: RAW_MESSAGES, bytes, sessions: SESSIONS }),
      }),
    }),
  };
}

export const emailSend: Bench = {
  name: 'email-send',
  description:
    'Mails from outbox row to SMTP accepted, personalised and tracked ÷ the default pool of the nodemailer that Strapi ships.',
  unit: 'messages/s',
  reach: 8,
  reachOthers: { [RAW]: 0.15 },
  rounds: ROUNDS,
  async prepare(log) {
    const sink = await startSink();
    const app = await startApp({
      env: { SMTP_PORT: String(sink.port), SMTP_CONNECTIONS: String(CONNECTIONS) },
    });
    log(`${PEOPLE} people, ${CONNECTIONS} connections`);
    await insertPeople(app, PEOPLE);
    const article = await createArticle(app);
    const segment = await createSegment(app);
    const body = await bodyOf(app, article);
    const raw = rawMails(body);
    const postfix = await startPostfix();
    if (!postfix) log('Postfix is neither here nor to be had: its figure is left out');
    const memory: MemoryAt[] = [];
    return {
      differ: differences,
      ours: async () => {
        await expandedCampaign(app, article, segment);
        const outcome = await counted(sink, PEOPLE, async () => {
          await deliveryModule().deliveryService(app.strapi).drain();
          await kernel().jobs(app.strapi).idle();
        });
        memory.push(memoryNow());
        return outcome;
      },
      twin: () =>
        counted(sink, SLOW_PEOPLE, () =>
          sendWith(ofStrapi(), sink.port, SLOW_PEOPLE, (number) => mailFor(number, body)),
        ),
      others: otherSides(sink, body, raw, postfix),
      remarks: () => Promise.resolve(growthOf(memory)),
      close: async () => {
        postfix?.stop();
        await app.stop();
        await sink.stop();
      },
    };
  },
};
