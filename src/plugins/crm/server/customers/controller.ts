import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import {
  customerInputSchema,
  customerListQuerySchema,
  timelineQuerySchema,
  type Customer,
  type CustomerOption,
} from '../../shared/customers';
import { action, controller, hitRateLimit, inTransaction, refuse, success } from '../kernel';
import { customFields } from './custom-fields';
import { lookUpPostalCode } from './domain/postal-lookup';
import { normalizePostalCode } from './domain/postal-code';
import {
  customerFacts,
  customerOfUrl,
  customerOptions,
  customersService,
  timelineSources,
} from './index';
import { staffOf, toldByStaff } from './staff';

const idParams = z.object({ id: z.string() });

const notFound = () => refuse('customers.not-found', 404);

async function withFacts(strapi: Core.Strapi, customers: readonly Customer[]) {
  const ids = customers.map((customer) => customer.id);
  const sources = customerFacts.members(strapi);
  const answers = await Promise.all(
    sources.map(async (source) => [source.key, await source.of(ids)] as const),
  );
  return customers.map((customer) => ({
    ...customer,
    facts: Object.fromEntries(answers.map(([key, facts]) => [key, facts.get(customer.id) ?? null])),
  }));
}

const list = action(z.object({ query: customerListQuerySchema }), async ({ strapi, input }) => {
  const { q, ...query } = input.query;
  const { customers, ...page } = await customersService(strapi).search({ text: q, ...query });
  return success({ data: await withFacts(strapi, customers), page });
});

const find = action(z.object({ params: idParams }), async ({ strapi, input }) => {
  const customer = await customerOfUrl(strapi, input.params.id);
  if (!customer) return notFound();
  const [record] = await withFacts(strapi, [customer]);
  const identities = await customersService(strapi).identities(customer.id);
  return success({ data: { ...record, identities } });
});

async function ownOptions(strapi: Core.Strapi) {
  const { lifecycle, owner } = await customersService(strapi).choices();
  const custom = customFields(strapi).map(({ name, type, values }) => ({ name, type, values }));
  return { lifecycle, owner, custom };
}

const options = action(z.object({}), async ({ strapi, locale }) => {
  const named: Record<'tier' | 'segment', CustomerOption[]> = { tier: [], segment: [] };
  for (const source of customerOptions.members(strapi)) {
    named[source.key].push(...(await source.options(locale)));
  }
  return success({ data: { ...named, ...(await ownOptions(strapi)) } });
});

const create = action(z.object({ body: customerInputSchema }), ({ strapi, ctx, input, locale }) =>
  inTransaction(strapi, async (unit) => {
    const told = toldByStaff(staffOf(ctx));
    const created = await customersService(strapi).create(unit, input.body, locale, told);
    return created.ok ? success({ data: created.value }) : created;
  }),
);

const update = action(
  z.object({ params: idParams, body: customerInputSchema }),
  async ({ strapi, ctx, input, locale }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return notFound();
    const { id } = customer;
    const told = toldByStaff(staffOf(ctx));
    const updated = await inTransaction(strapi, (unit) =>
      customersService(strapi).update(unit, id, input.body, locale, told),
    );
    return updated.ok ? success({ data: updated.value }) : updated;
  },
);

const timeline = action(
  z.object({ params: idParams, query: timelineQuerySchema }),
  async ({ strapi, input, locale }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return notFound();
    const { before, limit, kinds } = input.query;
    const { entries, next } = await customersService(strapi).timeline(customer.id, {
      before,
      limit,
      kinds: kinds?.split(','),
      locale,
    });
    const all = timelineSources.members(strapi).map((source) => source.kind);
    return success({ data: entries, page: { next, kinds: all } });
  },
);

/** Generous for a person filling in a form, tight for copying the whole table. */
const LOOKUPS = { name: 'customers.postal-codes', limit: 60, windowSeconds: 60 } as const;

const postalCode = action(
  z.object({ params: z.object({ code: z.string() }) }),
  async ({ strapi, ctx, input }) => {
    const allowed = await hitRateLimit(strapi, LOOKUPS, ctx.ip);
    if (!allowed.ok) return allowed;
    const code = normalizePostalCode(input.params.code);
    if (!code) return refuse('customers.issue.invalid-postal-code', 400);
    const candidates = lookUpPostalCode(code);
    if (candidates.length === 0) return refuse('customers.postal-code-unknown', 404);
    ctx.set('Cache-Control', 'public, max-age=86400');
    return success({ data: { postalCode: code, candidates } });
  },
);

export const customersController = controller({
  list,
  find,
  options,
  create,
  update,
  timeline,
  postalCode,
});
