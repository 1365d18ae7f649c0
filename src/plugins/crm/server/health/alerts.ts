/** Tells people that something turned red, and that it is over. Through the outbox, like all mail. */
import type { Core } from '@strapi/strapi';
import { Liquid } from 'liquidjs';

import type { HealthSettings } from '../../shared/health';
import { deliveryService } from '../delivery';
import {
  adminUrl,
  hitRateLimit,
  organisationIn,
  translate,
  type Locale,
  type RateLimit,
  type UnitOfWork,
} from '../kernel';
import { lineService } from '../line';

import type { IncidentRow } from './store';
import { stateText, titleOf, todoOf } from './wording';

/** More than this in an hour tells nobody anything new. */
const perHour: RateLimit = { name: 'health.alerts', limit: 20, windowSeconds: 3600 };

export interface Recipient {
  readonly channel: 'email' | 'line';
  readonly address: string;
}

/** Everybody who is told, on whatever channel. Asked before a transaction begins. */
export async function recipientsOf(
  strapi: Core.Strapi,
  { emails, people }: HealthSettings,
): Promise<Recipient[]> {
  const recipients: Recipient[] = emails.map((address) => ({ channel: 'email', address }));
  for (const person of people) {
    const friends = await lineService(strapi).friendsOf(person);
    const friend = friends.find(({ status }) => status === 'following');
    if (friend) {
      recipients.push({ channel: 'line', address: `${friend.account}:${friend.userId}` });
    }
  }
  return recipients;
}

/** Of these, whoever has not been told too often within this hour. */
export async function notToldTooOften(
  strapi: Core.Strapi,
  recipients: readonly Recipient[],
): Promise<Recipient[]> {
  const allowed: Recipient[] = [];
  for (const recipient of recipients) {
    const subject = `${recipient.channel}:${recipient.address}`;
    if ((await hitRateLimit(strapi, perHour, subject)).ok) allowed.push(recipient);
    else strapi.log.warn(`crm: ${recipient.channel} was told of faults too often in this hour`);
  }
  return allowed;
}

export interface News {
  readonly begun: readonly IncidentRow[];
  readonly over: readonly IncidentRow[];
}

interface Letter {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly url: string;
}

const HTML = new Liquid({ outputEscape: 'escape' }).parse(
  '{% for line in lines %}<p>{{ line }}</p>{% endfor %}<p><a href="{{ url }}">{{ url }}</a></p>',
);

function letterOf(strapi: Core.Strapi, locale: Locale, { begun, over }: News): Letter {
  const words = (key: string, params: Record<string, string | number> = {}) =>
    translate(strapi, locale, key, params);
  const site = organisationIn(strapi, locale).name;
  const kind = begun.length > 0 ? 'health.alert.red' : 'health.alert.over';
  const about = begun.length > 0 ? begun : over;
  const first = about[0] ? titleOf(strapi, locale, about[0]) : '';
  const more = about.length > 1 ? words('health.alert.more', { count: about.length - 1 }) : '';
  return {
    subject: words(kind, { site, first, more }),
    lines: [
      ...begun.flatMap((incident) => [
        words('health.alert.line', {
          title: titleOf(strapi, locale, incident),
          says: stateText(strapi, locale, incident, 'red'),
        }),
        todoOf(strapi, locale, incident),
      ]),
      ...over.map((incident) =>
        words('health.alert.over-line', { title: titleOf(strapi, locale, incident) }),
      ),
    ],
    url: adminUrl(strapi, 'health'),
  };
}

async function post(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  recipients: readonly Recipient[],
  locale: Locale,
  letter: Letter,
  uniqueKey: string,
): Promise<void> {
  const { subject, lines, url } = letter;
  const text = [...lines, url].join('\n\n');
  const html = String(new Liquid().renderSync(HTML, { lines, url }));
  for (const { channel, address } of recipients) {
    await deliveryService(strapi).enqueueTransactional(unit, {
      channel,
      address,
      locale,
      template: 'health.alert',
      uniqueKey: `${uniqueKey}:${address}`,
      subject,
      html,
      text,
      lineMessages: [{ type: 'text', text: `${subject}\n\n${text}`.slice(0, 4_900) }],
    });
  }
}

/** One message to each for everything that is new, in the transaction that writes it down. */
export async function tell(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  recipients: readonly Recipient[],
  locale: Locale,
  news: News,
): Promise<void> {
  const { begun, over } = news;
  if (recipients.length === 0 || begun.length + over.length === 0) return;
  const key = `health:${[...begun.map(({ id }) => `b${id}`), ...over.map(({ id }) => `o${id}`)].join('.')}`;
  await post(strapi, unit, recipients, locale, letterOf(strapi, locale, news), key.slice(0, 100));
}

/** "Does it reach me?", asked from the screen. */
export async function tellTest(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  recipients: readonly Recipient[],
  locale: Locale,
  uniqueKey: string,
): Promise<void> {
  const site = organisationIn(strapi, locale).name;
  const letter = {
    subject: translate(strapi, locale, 'health.alert.test', { site }),
    lines: [translate(strapi, locale, 'health.alert.test-text')],
    url: adminUrl(strapi, 'health'),
  };
  await post(strapi, unit, recipients, locale, letter, `health-test:${uniqueKey}`);
}
