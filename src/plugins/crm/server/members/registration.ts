/**
 * Double opt-in. What was entered waits in a token; user, customer and consents are made in one
 * transaction when the address is confirmed. The answer never tells whether an address is known.
 */
import type { Core } from '@strapi/strapi';

import { consentFieldOf, memberChannels, type RegistrationForm } from '../../shared/members';
import { consentService, wordingKey } from '../consent';
import {
  clock,
  crmConfig,
  database,
  inTransaction,
  randomToken,
  refuse,
  sha256,
  success,
  translate,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { checkRegistration, type FormIssue } from './domain/registration';
import { limitAttempts } from './limits';
import { sendMemberMail } from './mails';
import { checkOwnFields } from './own-fields/domain';
import { askedFields } from './own-fields/setting';
import { hashPassword } from './passwords';
import { pendingSchema, type Pending } from './pending';
import { findToken, insertToken } from './store/tokens';
import { findAccountByEmail } from './store/users';

const CONFIRM_WITHIN_MS = 48 * 3_600_000;

/** Who asks, for limits and as proof of consent. */
export interface Asker {
  readonly ip: string;
  readonly userAgent: string;
  readonly locale: Locale;
}

export const issuesRefusal = (strapi: Core.Strapi, locale: Locale, issues: readonly FormIssue[]) =>
  refuse('kernel.invalid-input', 400, {
    fields: issues.map(({ path, code }) => ({
      path,
      code,
      message: translate(strapi, locale, `members.issue.${code}`),
    })),
  });

/** YYYY-MM-DD where the shop is. */
export const today = (strapi: Core.Strapi): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: crmConfig(strapi).timeZone }).format(
    clock(strapi).now(),
  );

export async function register(
  strapi: Core.Strapi,
  form: RegistrationForm,
  asker: Asker,
): Promise<Result<{ status: 'confirmation-sent' }>> {
  const { value, issues } = checkRegistration(form, asker.locale, today(strapi));
  const own = checkOwnFields(
    await askedFields(strapi, 'onRegistration', asker.locale),
    form.custom,
    { timeZone: crmConfig(strapi).timeZone, isNew: true },
  );
  const wrong = [...issues, ...own.issues];
  if (wrong.length > 0) return issuesRefusal(strapi, asker.locale, wrong);
  const { email, profile } = value;
  const allowed = await limitAttempts(strapi, 'register', { ip: asker.ip, address: email });
  if (!allowed.ok) return allowed;

  // The costly work comes before the question, so that its answer takes no time to tell.
  const passwordHash = await hashPassword(strapi, value.password);
  const consents = await consentsOf(strapi, form, asker.locale);
  const existing = await findAccountByEmail(strapi, email);
  const { locale, userAgent } = asker;
  const next = form.next;
  const { custom } = own;
  const pending = { email, passwordHash, locale, next, profile, custom, consents, userAgent };
  await inTransaction(strapi, (unit) =>
    existing
      ? sendMemberMail(strapi, unit, {
          kind: 'already-registered',
          to: email,
          locale,
          path: '/m/login',
        })
      : mailConfirmation(strapi, unit, pending),
  );
  return success({ status: 'confirmation-sent' });
}

async function mailConfirmation(strapi: Core.Strapi, unit: UnitOfWork, pending: Pending) {
  const token = randomToken();
  const now = clock(strapi).now().getTime();
  await insertToken(unit.trx, token, {
    purpose: 'confirm',
    emailHash: sha256(pending.email),
    userId: null,
    createdAt: now,
    expiresAt: now + CONFIRM_WITHIN_MS,
    data: pending,
  });
  const { email: to, locale } = pending;
  const path = `/m/confirm?token=${token}&lang=${locale}`;
  await sendMemberMail(strapi, unit, { kind: 'confirm', to, locale, path });
}

/** Exactly what was shown: channel, wording and its version. Unticked channels say nothing. */
async function consentsOf(
  strapi: Core.Strapi,
  form: RegistrationForm,
  locale: Locale,
): Promise<Pending['consents']> {
  const agreed = memberChannels.filter((channel) => form[consentFieldOf[channel]]);
  return Promise.all(
    agreed.map(async (channel) => {
      const key = wordingKey('marketing', channel);
      const wording = await consentService(strapi).currentWording(key, locale);
      return { channel, key, version: wording?.version ?? '' };
    }),
  );
}

/** A new link instead of one that ran out; silent about an address that never asked for one. */
export async function resendConfirmation(
  strapi: Core.Strapi,
  token: string,
  asker: Asker,
): Promise<Result<{ status: 'confirmation-sent' }>> {
  const row = await findToken(database(strapi), 'confirm', token);
  const pending = row && row.usedAt === null ? pendingSchema.safeParse(row.data) : null;
  const address = pending?.success ? pending.data.email : '';
  const allowed = await limitAttempts(strapi, 'register', { ip: asker.ip, address });
  if (!allowed.ok) return allowed;
  if (pending?.success) {
    await inTransaction(strapi, (unit) => mailConfirmation(strapi, unit, pending.data));
  }
  return success({ status: 'confirmation-sent' });
}
