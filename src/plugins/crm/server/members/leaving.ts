/** A copy of everything kept of her, and being forgotten. */
import type { Core } from '@strapi/strapi';

import type { LeaveForm } from '../../shared/members';
import {
  clock,
  hitRateLimit,
  inTransaction,
  personalData,
  refuse,
  success,
  type RateLimit,
  type Result,
} from '../kernel';
import { memberLeft, type Member } from './index';
import { limitAttempts } from './limits';
import { passwordMatches } from './passwords';
import { issuesRefusal, type Asker } from './registration';
import { insertMemberEvents } from './store/events';
import { findAccount } from './store/users';

const copies: RateLimit = { name: 'members.copy', limit: 10, windowSeconds: 3600 };

/** Every feature's part, by its key. */
export async function copyOf(
  strapi: Core.Strapi,
  customerId: number,
): Promise<Result<Record<string, unknown>>> {
  const allowed = await hitRateLimit(strapi, copies, String(customerId));
  if (!allowed.ok) return allowed;
  const parts: Record<string, unknown> = { copiedAt: clock(strapi).now().toISOString() };
  for (const source of personalData.members(strapi)) {
    parts[source.key] = await source.copy(customerId);
  }
  return success(parts);
}

/** One transaction over all features: she is either known or forgotten, never half. */
export async function forget(
  strapi: Core.Strapi,
  customerId: number,
  /** The member of staff who did it; null: she herself. */
  by: string | null = null,
): Promise<void> {
  await inTransaction(strapi, async (unit) => {
    for (const source of [...personalData.members(strapi)].reverse()) {
      await source.erase(unit, customerId);
    }
    const at = clock(strapi).now().getTime();
    const event = by === null ? { type: 'left' as const, detail: {} } : erasedBy(by);
    await insertMemberEvents(unit.trx, [{ customerId, at, ...event }]);
    await unit.publish(memberLeft, { customerId });
  });
}

const erasedBy = (by: string) => ({ type: 'erased' as const, detail: { by } });

/** At her own wish, shown once more to be hers: by her password where she has one. */
export async function leave(
  strapi: Core.Strapi,
  member: Member,
  form: LeaveForm,
  asker: Asker,
): Promise<Result<{ status: 'left' }>> {
  const account = await findAccount(strapi, member.userId);
  if (!account) return refuse('members.login-required', 401);
  if (!form.confirm) {
    return issuesRefusal(strapi, asker.locale, [{ path: 'confirm', code: 'confirm-leave' }]);
  }
  const subject = { ip: asker.ip, address: account.email || `user ${account.id}` };
  const allowed = await limitAttempts(strapi, 'login', subject);
  if (!allowed.ok) return allowed;
  const { passwordHash } = account;
  if (passwordHash && !(await passwordMatches(strapi, form.currentPassword, passwordHash))) {
    const wrong = { path: 'currentPassword', code: 'current-password' };
    return issuesRefusal(strapi, asker.locale, [wrong]);
  }
  await forget(strapi, member.customerId);
  return success({ status: 'left' });
}
