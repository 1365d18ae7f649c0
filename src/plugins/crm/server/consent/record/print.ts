/** A person's consent record, made for paper: 特定電子メール法 wants the proof of consent kept. */
import type { Core } from '@strapi/strapi';

import type { ConsentState } from '../../../shared/consent';
import type { Customer } from '../../customers';
import { clock, crmConfig, database, organisationIn, translate, type Locale } from '../../kernel';
import { statesOf } from '../store/ledger';
import { insertPrint, wholeLedger, type RecordedAnswer } from '../store/record';
import { recordDocument } from './document';

export interface PrintRequest {
  readonly customer: Customer;
  readonly staffId: number | null;
  readonly locale: Locale;
}

/** Sources with a name; another one is shown as it was told. */
const SOURCES: ReadonlySet<string> = new Set([
  'import',
  'admin',
  'form',
  'registration',
  'my-page',
  'unsubscribe',
  'one-click',
  'unsubscribe-page',
  'import-undo',
  'line',
  'merge',
  'erasure',
  'complaint',
]);

function sayer(strapi: Core.Strapi, locale: Locale) {
  const { timeZone } = crmConfig(strapi);
  const format = new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone,
    dateStyle: 'long',
    timeStyle: 'medium',
  });
  return {
    text: (key: string) => translate(strapi, locale, `consent.record.${key}`),
    time: (at: number) => `${format.format(at)}（${timeZone}）`,
  };
}
type Sayer = ReturnType<typeof sayer>;

function proofLines(proof: string | null): string {
  const parsed: unknown = JSON.parse(proof ?? 'null');
  if (typeof parsed !== 'object' || parsed === null) return '';
  return Object.entries(parsed)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('\n');
}

function wordingLines(answer: RecordedAnswer, { text }: Sayer): string {
  if (answer.wordingKey === null) return text('no-wording');
  const name = `${answer.wordingKey} ${answer.wordingVersion ?? ''}`.trim();
  return `${answer.wordingText ?? text('unknown-wording')}\n（${name}）`;
}

const answerRow = (answer: RecordedAnswer, say: Sayer): string[] => [
  say.time(answer.at),
  `${say.text(`purpose.${answer.purpose}`)}\n${say.text(`channel.${answer.channel}`)}`,
  say.text(answer.granted ? 'granted' : 'withdrawn'),
  wordingLines(answer, say),
  SOURCES.has(answer.source) ? say.text(`source.${answer.source}`) : answer.source,
  proofLines(answer.proof),
];

const stateRow = (state: ConsentState, say: Sayer): string[] => [
  say.text(`purpose.${state.purpose}`),
  say.text(`channel.${state.channel}`),
  say.text(state.granted ? 'granted' : 'withdrawn'),
  say.time(state.changedAt),
];

function factsOf({ customer, locale }: PrintRequest, strapi: Core.Strapi, now: number, say: Sayer) {
  const keeper = organisationIn(strapi, locale);
  const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ');
  const facts: readonly (readonly [string, string])[] = [
    ['name', join(customer.familyName, customer.givenName)],
    ['kana', join(customer.familyNameKana, customer.givenNameKana)],
    ['email', customer.email ?? ''],
    ['phone', customer.phone ?? ''],
    ['number', customer.customerNumber ?? ''],
    ['id', String(customer.id)],
    ['keeper', `${keeper.name} ${keeper.postalAddress}`],
    ['made', say.time(now)],
  ];
  return facts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => [say.text(key), value] as const);
}

const headings = (say: Sayer, ...keys: readonly string[]) =>
  keys.map((key) => say.text(`column.${key}`));

/** The record as a document; that it was made, and for whom, is written down. */
export async function printRecord(strapi: Core.Strapi, request: PrintRequest): Promise<string> {
  const { customer, staffId, locale } = request;
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const say = sayer(strapi, locale);
  const answers = await wholeLedger(db, customer.id, locale);
  const states = (await statesOf(db, [customer.id])).get(customer.id) ?? [];
  await insertPrint(db, { customerId: customer.id, staffId, locale, now });
  return recordDocument({
    language: locale,
    title: say.text('title'),
    law: say.text('law'),
    facts: factsOf(request, strapi, now, say),
    now: {
      title: say.text('now'),
      heading: headings(say, 'purpose', 'channel', 'answer', 'since'),
      rows: states.map((state) => stateRow(state, say)),
      empty: say.text('nothing'),
    },
    ledger: {
      title: say.text('ledger'),
      heading: headings(say, 'at', 'about', 'answer', 'wording', 'source', 'proof'),
      rows: answers.map((answer) => answerRow(answer, say)),
      empty: say.text('nothing'),
    },
    note: say.text('note'),
  });
}
