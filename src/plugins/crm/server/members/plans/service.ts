/** Granting, pausing and ending plans, each with its entry in the history. */
import type { Core } from '@strapi/strapi';

import type {
  ExternalChange,
  ExternalGrant,
  GrantInput,
  Membership,
  Plan,
  PlanChange,
} from '../../../shared/plans';
import {
  clock,
  crmConfig,
  database,
  inTransaction,
  refuse,
  success,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../../kernel';
import { dayRange, parseDay } from '../../segments';
import { customerIdOf } from '../person-key';
import { plansChanged, type Actor, type PlansService } from '../index';
import { insertMemberEvents, memberEventsOfTypes, type MemberEventType } from '../store/events';
import { planName } from './conditions/plan';
import { endAt, pause, resume, statusAt, type Term, type TermChange } from './domain/term';
import {
  findPlan,
  insertMembership,
  listPlans,
  lockCustomer,
  lockMembership,
  membershipsOf,
  updateTerm,
  type MembershipRow,
} from './store';

const PLAN_EVENTS = [
  'plan-granted',
  'plan-paused',
  'plan-resumed',
  'plan-ended',
  'plan-changed',
] as const satisfies readonly MemberEventType[];
type PlanEvent = (typeof PLAN_EVENTS)[number];

const HISTORY = 50;

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

/** A day stands for its first instant as a start, and for the instant after it as an end. */
function instantOf(strapi: Core.Strapi, text: string, edge: 'start' | 'end'): number {
  if (text.includes('T')) return Date.parse(text);
  const { from, until } = dayRange(parseDay(text), crmConfig(strapi).timeZone);
  return edge === 'start' ? from : until;
}

const endOf = (strapi: Core.Strapi, text: string | null): number | null =>
  text === null ? null : instantOf(strapi, text, 'end');

const shown = (
  row: MembershipRow,
  plans: readonly Plan[],
  now: number,
  locale: Locale,
): Membership => {
  const plan = plans.find(({ key }) => key === row.plan);
  return {
    ...row,
    planName: plan ? planName(plan, locale) : row.plan,
    status: statusAt(row, now),
  };
};

interface Recorded {
  readonly type: PlanEvent;
  readonly membership: MembershipRow;
  readonly name: string;
  readonly actor: Actor;
}

async function record(strapi: Core.Strapi, unit: UnitOfWork, done: Recorded): Promise<void> {
  const { type, membership, name, actor } = done;
  const { id, customerId, plan, endsAt } = membership;
  const detail = { membership: id, plan, name, endsAt, by: actor.name };
  await insertMemberEvents(unit.trx, [{ customerId, type, at: nowOf(strapi), detail }]);
  await unit.publish(plansChanged, { customerIds: [customerId] });
}

interface Grant extends Term {
  readonly plan: Plan;
  readonly reference: string | null;
}

/** What was asked for as a term, or why it is none. */
async function readGrant(
  strapi: Core.Strapi,
  input: GrantInput & { reference?: string },
): Promise<Result<Grant>> {
  const plan = await findPlan(strapi, input.plan);
  if (!plan) return refuse('members.plan-unknown', 404);
  const now = nowOf(strapi);
  const startsAt = input.startsAt === null ? now : instantOf(strapi, input.startsAt, 'start');
  const endsAt = endOf(strapi, input.endsAt);
  if (endsAt !== null && endsAt <= Math.max(startsAt, now)) {
    return refuse('members.plan-end-past', 400);
  }
  const reference = input.reference ?? null;
  return success({ plan, startsAt, endsAt, pausedAt: null, resumesAt: null, reference });
}

async function grant(
  strapi: Core.Strapi,
  customerId: number,
  input: GrantInput,
  actor: Actor,
): Promise<Result<Membership>> {
  const read = await readGrant(strapi, input);
  if (!read.ok) return read;
  return inTransaction(strapi, async (unit) => {
    if (!(await lockCustomer(unit.trx, customerId))) return refuse('kernel.not-found', 404);
    const now = nowOf(strapi);
    const held = (await membershipsOf(unit.trx, customerId)).some(
      (row) => row.plan === read.value.plan.key && statusAt(row, now) !== 'ended',
    );
    if (held) return refuse('members.plan-held', 409);
    return success(await add(strapi, unit, customerId, read.value, actor));
  });
}

async function add(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  customerId: number,
  { plan, ...asked }: Grant,
  actor: Actor,
): Promise<Membership> {
  const row = { ...asked, customerId, plan: plan.key, source: actor.source };
  const now = nowOf(strapi);
  const membership = { ...row, id: await insertMembership(unit.trx, row, now) };
  await record(strapi, unit, { type: 'plan-granted', membership, name: plan.name, actor });
  return shown(membership, [plan], now, actor.locale);
}

/** A lock, a pure change, a write and its history, in one transaction. */
async function change(
  strapi: Core.Strapi,
  which: { id: number; customerId: number } | { source: string; reference: string },
  how: {
    readonly actor: Actor;
    readonly apply: (term: Term, now: number) => TermChange;
    readonly type: (term: Term, now: number) => PlanEvent;
  },
): Promise<Result<Membership>> {
  return inTransaction(strapi, async (unit) => {
    const key = 'id' in which ? { id: which.id } : which;
    const row = await lockMembership(unit.trx, key);
    const isHers = row && (!('customerId' in which) || row.customerId === which.customerId);
    if (!row || !isHers) return refuse('kernel.not-found', 404);
    const now = nowOf(strapi);
    const changed = how.apply(row, now);
    if (!changed.ok) return refuse(`members.${changed.problem}`, 409);
    await updateTerm(unit.trx, row.id, changed.term, now);
    const membership = { ...row, ...changed.term };
    const plans = await listPlans(strapi);
    const name = plans.find((plan) => plan.key === row.plan)?.name ?? row.plan;
    const type = how.type(changed.term, now);
    await record(strapi, unit, { type, membership, name, actor: how.actor });
    return success(shown(membership, plans, now, how.actor.locale));
  });
}

const endingType = (term: Term, now: number): PlanEvent =>
  term.endsAt !== null && term.endsAt <= now ? 'plan-ended' : 'plan-changed';

/** The program's word on one holding: made when its reference is new, else given this term. */
async function put(
  strapi: Core.Strapi,
  input: ExternalGrant,
  actor: Actor,
): Promise<Result<Membership>> {
  const read = await readGrant(strapi, input);
  if (!read.ok) return read;
  const customerId = await customerIdOf(strapi, input.customer);
  if (customerId === null) return refuse('members.plan-nobody', 404);
  const { source } = actor;
  return inTransaction(strapi, async (unit) => {
    if (!(await lockCustomer(unit.trx, customerId))) return refuse('members.plan-nobody', 404);
    const known = await lockMembership(unit.trx, { source, reference: input.reference });
    if (!known) return success(await add(strapi, unit, customerId, read.value, actor));
    if (known.customerId !== customerId || known.plan !== input.plan) {
      return refuse('members.plan-reference-taken', 409);
    }
    // A renewal says how long, and nothing of when it began or of a pause.
    const startsAt = input.startsAt === null ? known.startsAt : read.value.startsAt;
    const term = { ...known, startsAt, endsAt: read.value.endsAt };
    const now = nowOf(strapi);
    const same = term.startsAt === known.startsAt && term.endsAt === known.endsAt;
    if (!same) {
      await updateTerm(unit.trx, known.id, term, now);
      const { name } = read.value.plan;
      await record(strapi, unit, { type: 'plan-changed', membership: term, name, actor });
    }
    return success(shown(term, [read.value.plan], now, actor.locale));
  });
}

function externalChange(
  strapi: Core.Strapi,
  input: ExternalChange,
  actor: Actor,
): Promise<Result<Membership>> {
  const which = { source: actor.source, reference: input.reference };
  if (input.action === 'resume') {
    return change(strapi, which, { actor, apply: resume, type: () => 'plan-resumed' });
  }
  if (input.action === 'pause') {
    return change(strapi, which, { actor, ...pausing(strapi, input.resumesAt) });
  }
  return change(strapi, which, { actor, ...ending(strapi, input.endsAt, 'now') });
}

const pausing = (strapi: Core.Strapi, resumesAt: string | null) => ({
  apply: (term: Term, now: number) =>
    pause(term, now, resumesAt === null ? null : instantOf(strapi, resumesAt, 'start')),
  type: (): PlanEvent => 'plan-paused',
});

/** Without a time: at once, or (for "open again") never. */
const ending = (strapi: Core.Strapi, endsAt: string | null, otherwise: 'now' | 'never') => ({
  apply: (term: Term, now: number) =>
    endAt(term, now, endOf(strapi, endsAt) ?? (otherwise === 'now' ? now : null)),
  type: endingType,
});

/** As the plan is called in the reader's language now; as it was called then once it is gone. */
const nameThen = (
  plans: readonly Plan[],
  detail: Readonly<Record<string, unknown>>,
  locale: Locale,
): string => {
  const plan = plans.find(({ key }) => key === detail.plan);
  return plan ? planName(plan, locale) : String(detail.name ?? detail.plan ?? '');
};

export function createPlansService({ strapi }: { strapi: Core.Strapi }): PlansService {
  return {
    async ofCustomer(customerId, locale) {
      const plans = await listPlans(strapi);
      const rows = await membershipsOf(database(strapi), customerId);
      const now = nowOf(strapi);
      return rows.map((row) => shown(row, plans, now, locale));
    },
    async history(customerId, locale) {
      const plans = await listPlans(strapi);
      const events = await memberEventsOfTypes(database(strapi), customerId, PLAN_EVENTS, HISTORY);
      return events.map(({ id, type, at, detail }) => ({
        id,
        type: type as PlanChange['type'],
        at,
        planName: nameThen(plans, detail, locale),
        by: typeof detail.by === 'string' ? detail.by : null,
      }));
    },
    grant: (customerId, input, actor) => grant(strapi, customerId, input, actor),
    pause: (which, resumesAt, actor) =>
      change(strapi, which, { actor, ...pausing(strapi, resumesAt) }),
    resume: (which, actor) =>
      change(strapi, which, { actor, apply: resume, type: () => 'plan-resumed' }),
    end: (which, endsAt, actor) =>
      change(strapi, which, { actor, ...ending(strapi, endsAt, 'now') }),
    reopen: (which, actor) => change(strapi, which, { actor, ...ending(strapi, null, 'never') }),
    put: (input, actor) => put(strapi, input, actor),
    changeByReference: (input, actor) => externalChange(strapi, input, actor),
  };
}
