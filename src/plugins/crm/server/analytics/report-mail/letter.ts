/** The report in the reader's words: subject, HTML and a text part that says the same. */
import type { Core } from '@strapi/strapi';
import { Liquid } from 'liquidjs';

import { adminUrl, crmConfig, organisationIn, translate, type Locale } from '../../kernel';

import type { Week } from './domain/week';
import type { Compared, WeekNumbers } from './numbers';

export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

interface Line {
  readonly label: string;
  readonly value: string;
  /** Beside it: how it was the week before. */
  readonly before: string;
}

interface CampaignLines {
  readonly name: string;
  readonly url: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

const CELL = 'padding:6px 12px 6px 0;border-bottom:1px solid #dcdce4;text-align:left';
const HTML = `<!doctype html><html lang="{{ locale }}"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body style="font-family:sans-serif;color:#212134;line-height:1.6;max-width:640px">
<h1 style="font-size:20px">{{ title }}</h1><p>{{ period }}</p>
<table style="border-collapse:collapse;width:100%">{% for line in lines %}
<tr><th style="${CELL};font-weight:normal">{{ line.label }}</th><td style="${CELL}"><strong>{{ line.value }}</strong></td><td style="${CELL};color:#666687">{{ line.before }}</td></tr>{% endfor %}</table>
<h2 style="font-size:16px">{{ heading }}</h2>{% for campaign in campaigns %}
<h3 style="font-size:14px;margin-bottom:4px"><a href="{{ campaign.url }}">{{ campaign.name }}</a></h3>
<p style="margin-top:0">{% for figure in campaign.figures %}<span style="display:inline-block;margin-right:16px">{{ figure.label }} <strong>{{ figure.value }}</strong></span> {% endfor %}</p>{% endfor %}
{% for note in notes %}<p>{{ note }}</p>{% endfor %}
<p><a href="{{ url }}">{{ open }}</a></p>
<p style="color:#666687;font-size:12px">{{ why }}</p></body></html>`;

const template = new Liquid({ outputEscape: 'escape' }).parse(HTML);

interface Words {
  (key: string, params?: Record<string, string | number>): string;
}

interface Said {
  readonly words: Words;
  readonly number: (value: number) => string;
  readonly yen: (value: number) => string;
}

function saidIn(strapi: Core.Strapi, locale: Locale): Said {
  const number = new Intl.NumberFormat(locale === 'ja' ? 'ja-JP' : 'en-GB');
  const words: Words = (key, params = {}) =>
    translate(strapi, locale, `analytics.mail.${key}`, params);
  return {
    words,
    number: (value) => number.format(value),
    yen: (value) => words('yen', { amount: number.format(Math.round(value)) }),
  };
}

function daysOf(strapi: Core.Strapi, locale: Locale, { from, to }: Week) {
  const day = new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: crmConfig(strapi).timeZone,
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
  return { from: day.format(from), to: day.format(to - 1) };
}

function linesOf(numbers: WeekNumbers, { words, number, yen }: Said): Line[] {
  const line = (key: string, { now, before }: Compared, say = number): Line => ({
    label: words(key),
    value: say(now),
    before: words('before', { amount: say(before) }),
  });
  return [
    line('customers', numbers.customers),
    line('members', numbers.members),
    line('friends', numbers.friends),
    line('orders', numbers.orders),
    line('revenue', numbers.revenue, yen),
  ];
}

const SHOWN = ['accepted', 'delivered', 'opened', 'clicked', 'converted', 'unsubscribed'] as const;

function campaignLines(
  strapi: Core.Strapi,
  { documentId, name, figures }: WeekNumbers['campaigns'][number],
  { words, number, yen }: Said,
): CampaignLines {
  const cost = figures.cost === null ? [] : [{ label: words('cost'), value: yen(figures.cost) }];
  return {
    name,
    url: adminUrl(strapi, `campaigns/${documentId}`),
    figures: [
      ...SHOWN.map((state) => ({ label: words(state), value: number(figures.counts[state]) })),
      { label: words('revenue-after'), value: yen(figures.revenue.amount) },
      ...cost,
    ],
  };
}

const textOf = (
  head: readonly string[],
  lines: readonly Line[],
  heading: string,
  campaigns: readonly CampaignLines[],
  foot: readonly string[],
): string =>
  [
    ...head,
    '',
    ...lines.map(({ label, value, before }) => `${label}: ${value}${before}`),
    '',
    `■ ${heading}`,
    ...campaigns.flatMap(({ name, url, figures }) => [
      '',
      name,
      ...figures.map(({ label, value }) => `  ${label}: ${value}`),
      `  ${url}`,
    ]),
    '',
    ...foot,
  ].join('\n');

export function letterOf(
  strapi: Core.Strapi,
  locale: Locale,
  week: Week,
  numbers: WeekNumbers,
): Letter {
  const said = saidIn(strapi, locale);
  const { words } = said;
  const days = daysOf(strapi, locale, week);
  const site = organisationIn(strapi, locale).name;
  const lines = linesOf(numbers, said);
  const campaigns = numbers.campaigns.map((campaign) => campaignLines(strapi, campaign, said));
  const notes = [
    ...(campaigns.length === 0 ? [words('no-campaigns')] : []),
    ...(numbers.moreCampaigns > 0 ? [words('more', { count: numbers.moreCampaigns })] : []),
  ];
  const [title, period, heading] = [
    words('title', { site }),
    words('period', days),
    words('campaigns'),
  ];
  const [open, why, url] = [words('open'), words('why'), adminUrl(strapi, '')];
  const html: unknown = new Liquid().renderSync(template, {
    ...{ locale, title, period, lines, heading, campaigns, notes, open, why, url },
  });
  return {
    subject: words('subject', { site, ...days }),
    html: String(html),
    text: textOf([title, period], lines, heading, campaigns, [...notes, url, '', why]),
  };
}
