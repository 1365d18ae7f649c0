/** My page: what a member sees of herself and may change. */
import type { Core } from '@strapi/strapi';

import {
  consentFieldOf,
  memberChannels,
  type ChannelsForm,
  type MemberChannel,
  type EnteredOwnFields,
  type ProfileForm,
} from '../../shared/members';
import type { Membership } from '../../shared/plans';
import { commerceService, type Order } from '../commerce';
import { consentService, wordingKey } from '../consent';
import { customersService, type Customer } from '../customers';
import {
  clock,
  crmConfig,
  database,
  inTransaction,
  refuse,
  success,
  type Locale,
  type Result,
} from '../kernel';
import { deviceName } from './domain/device-name';
import { passwordIssue } from './domain/password';
import { checkProfile } from './domain/registration';
import { plansService, type Member } from './index';
import { limitAttempts } from './limits';
import { checkOwnFields, shownFields, type ShownField } from './own-fields/domain';
import { askedFields } from './own-fields/setting';
import { hashPassword, passwordMatches } from './passwords';
import { issuesRefusal, today, type Asker } from './registration';
import { sessionsOf } from './sessions';
import { insertMemberEvents } from './store/events';
import { findAccount, replacePassword } from './store/users';
import { balanceOf } from './points/store';
import { tierHistory } from './tiers/history';
import { standingOf, type Standing } from './tiers/service';
import { tierNames } from './tiers/names';

export interface ChannelSwitch {
  readonly channel: MemberChannel;
  readonly field: string;
  readonly granted: boolean;
  readonly wording: string;
  readonly changedAt: number | null;
}

/** Everything on my page; nothing here belongs to anybody else. */
export interface Account {
  /** Null: she has given none yet. */
  readonly email: string | null;
  readonly hasPassword: boolean;
  readonly profile: Readonly<Record<keyof ProfileForm, string | null>>;
  /** What the operator asks for besides, in the order of the form. */
  readonly ownFields: readonly ShownField[];
  readonly memberSince: number;
  readonly standing: Standing;
  /** The newest first, tiers by name. */
  readonly tierHistory: readonly { readonly at: number; readonly name: string }[];
  /** Null: she has never had any. */
  readonly points: number | null;
  /** Those that have not ended. */
  readonly plans: readonly Pick<
    Membership,
    'plan' | 'planName' | 'status' | 'startsAt' | 'endsAt' | 'resumesAt'
  >[];
  readonly channels: readonly ChannelSwitch[];
  readonly orders: readonly Pick<Order, 'orderNumber' | 'orderedAt' | 'status' | 'total'>[];
  readonly sessions: readonly {
    readonly id: number;
    /** `Chrome, iPhone`. */
    readonly device: string | null;
    readonly lastSeenAt: number;
    readonly current: boolean;
  }[];
}

const profileOf = (customer: Customer): Account['profile'] => ({
  familyName: customer.familyName,
  givenName: customer.givenName,
  familyNameKana: customer.familyNameKana,
  givenNameKana: customer.givenNameKana,
  phone: customer.phone,
  postalCode: customer.postalCode,
  prefecture: customer.prefecture,
  city: customer.city,
  street: customer.street,
  building: customer.building,
  birthday: customer.birthday,
});

export async function accountOf(
  strapi: Core.Strapi,
  member: Member,
  locale: Locale,
): Promise<Account> {
  const { customerId } = member;
  const [customer, user, own, plans, channels, orders, sessions] = await Promise.all([
    customersService(strapi).find(customerId),
    findAccount(strapi, member.userId),
    askedFields(strapi, 'onMyPage', locale),
    plansService(strapi).ofCustomer(customerId, locale),
    channelSwitches(strapi, locale, customerId),
    commerceService(strapi).ordersOf(customerId, { limit: 10 }),
    sessionsOf(strapi, member),
  ]);
  if (!customer || !user) throw new Error(`The member ${member.userId} has no customer`);
  return {
    email: user.email || null,
    hasPassword: user.passwordHash !== null,
    profile: profileOf(customer),
    ownFields: shownFields(own, customer.custom),
    memberSince: user.createdAt.getTime(),
    standing: await standingOf(strapi, customer, locale),
    tierHistory: await namedHistory(strapi, customerId, locale),
    points: await balanceOf(database(strapi), customerId),
    plans: plans
      .filter(({ status }) => status !== 'ended')
      .map(({ plan, planName, status, startsAt, endsAt, resumesAt }) => ({
        plan,
        planName,
        status,
        startsAt,
        endsAt,
        resumesAt,
      })),
    channels,
    orders: orders.map(({ orderNumber, orderedAt, status, total }) => ({
      orderNumber,
      orderedAt,
      status,
      total,
    })),
    sessions: sessions.map(({ id, userAgent, lastSeenAt }) => ({
      id,
      device: deviceName(userAgent),
      lastSeenAt,
      current: id === member.sessionId,
    })),
  };
}

async function namedHistory(strapi: Core.Strapi, customerId: number, locale: Locale) {
  const names = await tierNames(strapi, locale);
  const history = await tierHistory(strapi, customerId);
  return history.slice(0, 5).map(({ at, to }) => ({ at, name: names.get(to) ?? to }));
}

/** Without a customer: all off, as a registration form shows them. */
export async function channelSwitches(
  strapi: Core.Strapi,
  locale: Locale,
  customerId?: number,
): Promise<ChannelSwitch[]> {
  const consents = consentService(strapi);
  const states = customerId === undefined ? [] : await consents.states(customerId);
  return Promise.all(
    memberChannels.map(async (channel) => {
      const state = states.find((entry) => entry.channel === channel);
      const wording = await consents.currentWording(wordingKey('marketing', channel), locale);
      return {
        channel,
        field: consentFieldOf[channel],
        granted: state?.granted ?? false,
        wording: wording?.text ?? '',
        changedAt: state?.changedAt ?? null,
      };
    }),
  );
}

export async function changeProfile(
  strapi: Core.Strapi,
  member: Member,
  form: ProfileForm & { readonly custom: EnteredOwnFields },
  locale: Locale,
): Promise<Result<{ status: 'saved' }>> {
  const { value, issues } = checkProfile(form, locale, today(strapi));
  const asked = await askedFields(strapi, 'onMyPage', locale);
  const { timeZone } = crmConfig(strapi);
  const own = checkOwnFields(asked, form.custom, { timeZone, isNew: false });
  const wrong = [...issues, ...own.issues];
  if (wrong.length > 0) return issuesRefusal(strapi, locale, wrong);
  const { customerId } = member;
  const patch = { ...value, custom: own.custom };
  return inTransaction(strapi, async (unit) => {
    const updated = await customersService(strapi).update(unit, customerId, patch, locale, {
      source: 'member',
    });
    if (!updated.ok) return updated;
    const at = clock(strapi).now().getTime();
    await insertMemberEvents(unit.trx, [{ customerId, type: 'profile-changed', at, detail: {} }]);
    return success({ status: 'saved' as const });
  });
}

/** Records only what changed, with the wording that stands beside the switch now. */
export async function changeChannels(
  strapi: Core.Strapi,
  member: Member,
  form: ChannelsForm,
  asker: Asker,
): Promise<Result<{ status: 'saved' }>> {
  const { customerId } = member;
  const consents = consentService(strapi);
  const states = await consents.states(customerId);
  const changed = memberChannels.filter((channel) => {
    const before = states.find((state) => state.channel === channel)?.granted ?? false;
    return before !== form[consentFieldOf[channel]];
  });
  const entries = await Promise.all(
    changed.map(async (channel) => {
      const key = wordingKey('marketing', channel);
      const wording = await consents.currentWording(key, asker.locale);
      return {
        customerId,
        purpose: 'marketing' as const,
        channel,
        granted: form[consentFieldOf[channel]],
        ...(wording ? { wording: { key, version: wording.version } } : {}),
        source: 'my-page',
        proof: { page: '/m/me', ip: asker.ip, userAgent: asker.userAgent, language: asker.locale },
      };
    }),
  );
  if (entries.length > 0) {
    await inTransaction(strapi, (unit) => consents.recordMany(unit, entries));
  }
  return success({ status: 'saved' });
}

/** Every session ends with the old password (`settings.ts`): whoever had it is out. */
export async function changePassword(
  strapi: Core.Strapi,
  member: Member,
  form: { currentPassword: string; password: string },
  asker: Asker,
): Promise<Result<{ status: 'saved' }>> {
  const user = await findAccount(strapi, member.userId);
  if (!user) return refuse('members.login-required', 401);
  const allowed = await limitAttempts(strapi, 'login', { ip: asker.ip, address: user.email });
  if (!allowed.ok) return allowed;
  if (!(await passwordMatches(strapi, form.currentPassword, user.passwordHash))) {
    const wrong = { path: 'currentPassword', code: 'current-password' };
    return issuesRefusal(strapi, asker.locale, [wrong]);
  }
  const weak = passwordIssue(form.password, user.email);
  if (weak) return issuesRefusal(strapi, asker.locale, [{ path: 'password', code: weak }]);
  await replacePassword(strapi, user.id, await hashPassword(strapi, form.password));
  const { customerId } = member;
  const at = clock(strapi).now().getTime();
  await insertMemberEvents(database(strapi), [
    { customerId, type: 'password-changed', at, detail: {} },
  ]);
  return success({ status: 'saved' });
}
