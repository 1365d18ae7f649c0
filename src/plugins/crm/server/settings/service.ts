import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { consentChannels } from '../../shared/consent';
import { consentService, wordingKey } from '../consent';
import { askForGreeting, deliveryService } from '../delivery';
import {
  crmConfig,
  database,
  hitRateLimit,
  inTransaction,
  organisationIn,
  success,
  translate,
  type Locale,
  type RateLimit,
  type Result,
} from '../kernel';
import type { Settings, SettingsService, TestMail } from '.';
import { directMessage } from './store';

const testMails: RateLimit = { name: 'settings.test-mail', limit: 5, windowSeconds: 60 };

const LOOK_EVERY_MS = 150;
const LOOKS = 40;

async function wordings(strapi: Core.Strapi): Promise<Settings['wordings']> {
  const consent = consentService(strapi);
  const shown = async (channel: (typeof consentChannels)[number], locale: Locale) => {
    const wording = await consent.currentWording(wordingKey('marketing', channel), locale);
    return wording ? { version: wording.version, text: wording.text } : null;
  };
  return Promise.all(
    consentChannels.map(async (channel) => ({
      channel,
      ja: await shown(channel, 'ja'),
      en: await shown(channel, 'en'),
    })),
  );
}

async function look(strapi: Core.Strapi): Promise<Settings> {
  const { publicUrl, timeZone, email } = crmConfig(strapi);
  const greeting = await askForGreeting(email.smtp);
  return {
    publicUrl,
    timeZone,
    organisation: organisationIn(strapi, 'ja'),
    organisationInEnglish: organisationIn(strapi, 'en'),
    sender: email.from,
    smtp: {
      host: email.smtp.host,
      port: email.smtp.port,
      reachable: greeting.reachable,
      problem: greeting.reachable ? null : greeting.problem,
    },
    tracking: {
      scriptUrl: new URL('/crm/crm.js', publicUrl).toString(),
    },
    wordings: await wordings(strapi),
  };
}

/** The row's last word, or `waiting` when there is none after some seconds. */
async function outcomeOf(strapi: Core.Strapi, uniqueKey: string, to: string): Promise<TestMail> {
  for (let looked = 0; looked < LOOKS; looked += 1) {
    const row = await directMessage(database(strapi), uniqueKey);
    if (row?.status === 'accepted') return { to, status: 'accepted', reason: null };
    if (row && ['failed', 'unknown', 'blocked'].includes(row.status)) {
      return { to, status: 'failed', reason: row.error };
    }
    await wait(LOOK_EVERY_MS);
  }
  const row = await directMessage(database(strapi), uniqueKey);
  return { to, status: 'waiting', reason: row?.error ?? null };
}

async function sendTestMail(
  strapi: Core.Strapi,
  to: string,
  locale: Locale,
): Promise<Result<TestMail>> {
  const allowed = await hitRateLimit(strapi, testMails, to);
  if (!allowed.ok) return allowed;
  const words = (key: string) => translate(strapi, locale, key);
  const uniqueKey = `settings-test:${randomUUID()}`;
  await inTransaction(strapi, (unit) =>
    deliveryService(strapi).enqueueTransactional(unit, {
      channel: 'email',
      address: to,
      locale,
      template: 'settings.test',
      uniqueKey,
      subject: words('settings.test-mail.subject'),
      html: `<p>${words('settings.test-mail.body')}</p>`,
      text: words('settings.test-mail.body'),
    }),
  );
  return success(await outcomeOf(strapi, uniqueKey, to));
}

export const createSettingsService = ({ strapi }: { strapi: Core.Strapi }): SettingsService => ({
  look: () => look(strapi),
  sendTestMail: (to, locale) => sendTestMail(strapi, to, locale),
});
