/**
 * A campaign's rows through the whole product to an SMTP server that accepts: claim, guard, render,
 * personalise, track, hand over, send, settle. The twin is what Strapi 5.54 itself sends with,
 * nodemailer 9's pool as it comes; beside it the newest nodemailer's, and a loop that sends mails
 * built before the clock started. Every side tells whom the server got, and how many.
 */
import { createRequire } from 'node:module';

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
import type { Bench, Outcome } from './bench';
import { startSink, type Sink } from './data/smtp-sink';

const PEOPLE = 2_000;
const CONNECTIONS = 5;
const SLOW_PEOPLE = 400;

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
  const preview = await previewCampaign(app.strapi, campaignInput(article, ''), Number(first.id));
  const content = preview.ok ? preview.value.channels[0]?.content : null;
  if (!content) throw new Error('The campaign shows nothing');
  return content;
}

type Readiness = typeof import('../src/plugins/crm/server/delivery/campaigns/readiness');
const requireCompiled = () =>
  requireHere('../src/plugins/crm/dist/server/delivery/campaigns/readiness.js') as Readiness;

/** Writes the rows of a new campaign; sending them is what is measured. */
async function expanded(app: TestApp, article: string, segment: string): Promise<void> {
  const db = app.strapi.db.connection;
  const now = Date.now();
  const [campaign]: { id: number }[] = await db('crm_campaigns')
    .insert({
      document_id: `bench-${now}`,
      ...columns(campaignInput(article, segment)),
      status: 'sending',
      started_at: now,
      expansion_cursor: 0,
      created_at: now,
    })
    .returning('id');
  const { findCampaign } = requireHere(
    '../src/plugins/crm/dist/server/delivery/store/campaigns.js',
  ) as typeof import('../src/plugins/crm/server/delivery/store/campaigns');
  const { expandCampaign } = requireHere(
    '../src/plugins/crm/dist/server/delivery/campaigns/expansion.js',
  ) as typeof import('../src/plugins/crm/server/delivery/campaigns/expansion');
  const record = await findCampaign(app.strapi, Number(campaign?.id));
  if (!record || !(await expandCampaign(app.strapi, record))) throw new Error('No expansion');
}

const columns = (input: ReturnType<typeof campaignInput>) => ({
  name: input.name,
  subject: input.subject,
  preheader: input.preheader,
  line_alt_text: input.lineAltText,
  source: JSON.stringify(input.source),
  segment: input.segment,
  channels: JSON.stringify(input.channels),
  channel_rule: input.channelRule,
});

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

export const emailSend: Bench = {
  name: 'email-send',
  description:
    'Mails from outbox row to SMTP accepted, personalised and tracked ÷ the default pool of the nodemailer that Strapi ships.',
  unit: 'messages/s',
  reach: 8,
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
    const raw = Array.from({ length: PEOPLE }, (_, number) => {
      const { to, html, subject } = mailFor(number, body);
      return {
        envelope: { from: 'news@enishi-records.example', to },
        raw: `Subject: ${subject.length}\r\nTo: ${to}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
      };
    });
    return {
      ours: async () => {
        await expanded(app, article, segment);
        return counted(sink, PEOPLE, async () => {
          await deliveryModule().deliveryService(app.strapi).drain();
          await kernel().jobs(app.strapi).idle();
        });
      },
      twin: () =>
        counted(sink, SLOW_PEOPLE, () =>
          sendWith(ofStrapi(), sink.port, SLOW_PEOPLE, (number) => mailFor(number, body)),
        ),
      others: {
        'newest nodemailer': () =>
          counted(sink, PEOPLE, () =>
            sendWith(newest(), sink.port, PEOPLE, (number) => mailFor(number, body)),
          ),
        'prebuilt messages': () =>
          counted(sink, PEOPLE, () =>
            sendWith(newest(), sink.port, PEOPLE, (number) => raw[number] ?? {}),
          ),
      },
      close: async () => {
        await app.stop();
        await sink.stop();
      },
    };
  },
};
