import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { crmConfig } from '../kernel';
import { membersService, type MemberFacts } from '../members';
import { segmentsService } from '../segments';
import { decide } from './domain/decide';
import { decidingClause } from './domain/explain';
import { ownKnowledge, type Entity } from './domain/gate';
import { unknownVisitor, type Viewer } from './domain/viewer';
import { withSignedFiles } from './domain/signed-files';
import { fileSigner, opensFile, type LinkLifetime } from './files/links';
import { entryGate } from './entry-gate';
import { gateModels } from './gate-models';
import { simulate, simulatedViewer, simulationOf } from './simulation';
import { experimentAssigner, type AccessService, type AssignedPerson } from './index';
import { requestContext } from './request-context';
import { ungated } from './rest/scope';
import { ruleBook } from './rules/rule-book';
import { settingOf } from './setting';

const viewersOfRequests = new WeakMap<object, Promise<Viewer>>();

export function createAccessService({ strapi }: { strapi: Core.Strapi }): AccessService {
  return {
    viewerOf: (ctx) => {
      const existing = viewersOfRequests.get(ctx);
      if (existing) return existing;
      const viewer = findViewer(strapi, ctx);
      viewersOfRequests.set(ctx, viewer);
      return viewer;
    },
    viewerForCustomer: (customerId) => viewerOfCustomer(strapi, customerId),
    viewersForCustomers: (customerIds) => viewersForCustomers(strapi, customerIds),
    simulate: (ctx, path, simulation) => simulate(strapi, ctx, path, simulation),
    gateEntry(uid, document, viewer, now, trace) {
      // An explanation is about the document's own blocks.
      const linked = trace ? document : withFileLinks(strapi, uid, document, 'page');
      return entryGate(strapi, { uid, document, linked, viewer, now, trace });
    },
    withFileLinks: (uid, document) => withFileLinks(strapi, uid, document, 'message'),
    opensFile: (address) => opensFile(strapi, address),
    allows: (audience, viewer, now) =>
      decide(audience, viewer, { ...settingOf(strapi), now }).allow,
    because: (audience, viewer, now) =>
      decidingClause(audience, { ...settingOf(strapi), viewer, now }),
    ungated,
  };
}

/** Documents in which no file is gated, which is most: they are not walked through again. */
const plain = new WeakSet<Entity>();

function withFileLinks<T extends Entity>(
  strapi: Core.Strapi,
  uid: string,
  document: T,
  lifetime: LinkLifetime,
): T {
  if (plain.has(document)) return document;
  const models = gateModels(strapi);
  const signing = { models, knowledge: ownKnowledge(models), sign: fileSigner(strapi, lifetime) };
  const linked = withSignedFiles(signing, uid, document);
  if (linked === document) plain.add(document);
  return linked as T;
}

async function findViewer(strapi: Core.Strapi, ctx: Context): Promise<Viewer> {
  await ruleBook(strapi).refresh();
  const facts = await requestContext(strapi, ctx);
  const simulation = simulationOf(ctx);
  if (simulation) {
    const load = async (id: number) => (await viewersForCustomers(strapi, [id])).get(id);
    return simulatedViewer(strapi, simulation, facts.context, load);
  }
  if (isTrusted(ctx)) return { ...unknownVisitor, ...facts, kind: 'preview' };
  const member = await membersService(strapi).memberOf(ctx);
  if (!member) return withExperiments(strapi, { ...unknownVisitor, ...facts });
  const { customerId } = member;
  const known = member.facts
    ? viewerOfFacts(customerId, member.facts, member.facts.segments)
    : await viewerOfCustomer(strapi, customerId);
  // Logged in is a member, also in the instant before the customer's facts are written.
  return withExperiments(strapi, { ...known, kind: 'member', customerId, ...facts });
}

const viewerOfCustomer = async (strapi: Core.Strapi, customerId: number): Promise<Viewer> =>
  (await viewersForCustomers(strapi, [customerId])).get(customerId) ?? unknownVisitor;

const viewerOfFacts = (
  customerId: number,
  { memberSince, tier, plans }: MemberFacts,
  segments: readonly string[] | undefined,
): Viewer => ({
  kind: memberSince ? 'member' : 'visitor',
  customerId,
  ...(memberSince ? { memberSince } : {}),
  tier,
  plans,
  segments: new Set(segments),
  context: {},
});

async function withExperiments(strapi: Core.Strapi, viewer: Viewer): Promise<Viewer> {
  const [experiments] = await assignedExperiments(strapi, [viewer]);
  return experiments && experiments.size > 0 ? { ...viewer, experiments } : viewer;
}

/** An API token or an administrator: whoever has one was given the permission to read everything. */
function isTrusted(ctx: Context): boolean {
  const state = ctx.state as { auth?: { strategy?: { name?: string } } };
  return ['content-api-token', 'admin-token'].includes(state.auth?.strategy?.name ?? '');
}

async function viewersForCustomers(
  strapi: Core.Strapi,
  customerIds: readonly number[],
): Promise<Map<number, Viewer>> {
  await ruleBook(strapi).refresh();
  const facts = await membersService(strapi).memberFacts(customerIds);
  const segments = await segmentsService(strapi).segmentsOfMany([...facts.keys()]);
  const people = [...facts.keys()].map((customerId) => ({ customerId }));
  const experiments = await assignedExperiments(strapi, people);
  return new Map(
    [...facts].map(([customerId, known], index): [number, Viewer] => [
      customerId,
      {
        ...viewerOfFacts(customerId, known, segments.get(customerId)),
        context: { timeZone: crmConfig(strapi).timeZone },
        experiments: experiments[index],
      },
    ]),
  );
}

/** One map a person; the feature of experiments provides them. */
async function assignedExperiments(
  strapi: Core.Strapi,
  people: readonly AssignedPerson[],
): Promise<readonly NonNullable<Viewer['experiments']>[]> {
  const [assigner] = experimentAssigner.members(strapi);
  return (await assigner?.assign(people)) ?? [];
}
