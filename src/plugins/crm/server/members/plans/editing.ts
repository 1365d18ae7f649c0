/** The list of plans, as editors keep it. */
import type { Core } from '@strapi/strapi';

import type { Plan, PlanInput } from '../../../shared/plans';
import { clock, database, heavyRead, refuse, success, type Result } from '../../kernel';
import {
  anyMembershipOf,
  createPlan,
  deletePlan,
  findPlan,
  holdersQuery,
  listPlans,
  updatePlan,
} from './store';

const plain = ({ key, name, nameEn, description }: Plan): Plan => ({
  key,
  name,
  nameEn,
  description,
});

export async function plansWithHolders(
  strapi: Core.Strapi,
): Promise<(Plan & { holders: number })[]> {
  const rows = await heavyRead<{ plan_key: string; holders: number | string }>(
    strapi,
    holdersQuery(database(strapi), clock(strapi).now().getTime()),
  );
  const holders = new Map(rows.map((row) => [row.plan_key, Number(row.holders)]));
  return (await listPlans(strapi)).map((plan) => ({
    ...plain(plan),
    holders: holders.get(plan.key) ?? 0,
  }));
}

export const allPlans = async (strapi: Core.Strapi): Promise<Plan[]> =>
  (await listPlans(strapi)).map(plain);

export async function addPlan(strapi: Core.Strapi, input: PlanInput): Promise<Result<Plan>> {
  if (await findPlan(strapi, input.key)) return refuse('members.plan-key-taken', 409);
  return success(plain(await createPlan(strapi, input)));
}

/** The key stays: audiences, segments and holdings are written with it. */
export async function renamePlan(strapi: Core.Strapi, input: PlanInput): Promise<Result<Plan>> {
  const updated = await updatePlan(strapi, input);
  return updated ? success(plain(updated)) : refuse('members.plan-unknown', 404);
}

/** Only one that nobody ever held: a history must not name what is gone. */
export async function removePlan(strapi: Core.Strapi, key: string): Promise<Result<true>> {
  if (!(await findPlan(strapi, key))) return refuse('members.plan-unknown', 404);
  if (await anyMembershipOf(database(strapi), key)) return refuse('members.plan-in-use', 409);
  await deletePlan(strapi, key);
  return success(true);
}
