/** The REST gate: before a query runs, and before its answer leaves. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { decideEntry, gateEntity, isEntity } from '../domain/gate';
import type { GateModel } from '../domain/gate-model';
import { guardQuery, type QueryParameters, type QueryVerdict } from '../domain/query-guard';
import { unknownVisitor, type Viewer } from '../domain/viewer';
import { allGateModels, gateModels, touchesGate } from '../gate-models';
import { withSignedFiles } from '../domain/signed-files';
import { fileSigner } from '../files/links';
import { accessService } from '../index';
import { settingOf } from '../setting';
import { hiddenRules } from './hidden';
import { findGated, knowledgeOf, load } from './knowledge';
import { loadedOf } from './loaded';
import { privateAnswer, refuseRequest } from './refusal';
import { gatedRequest, isUngated, narrowed, narrowingOf } from './scope';
import { entriesWithRules } from './store';

interface DocumentCall {
  readonly uid: string;
  readonly action: string;
  readonly params: QueryParameters & {
    readonly status?: unknown;
    readonly publicationFilter?: unknown;
    readonly hasPublishedVersion?: unknown;
  };
}

type Next = () => Promise<unknown>;

const LISTS = ['findMany', 'count'];
const READS = [...LISTS, 'findFirst', 'findOne'];

/** Installed once, in `register`. */
export function installRestGate(strapi: Core.Strapi): void {
  strapi.documents.use((call, next) => {
    const known = call as unknown as DocumentCall;
    const guard = READS.includes(known.action) ? guardRead : knowViewer;
    return guard(strapi, known, next as Next) as ReturnType<typeof next>;
  });
  strapi.db.lifecycles.subscribe({
    beforeFindMany: narrow,
    beforeFindOne: narrow,
    beforeCount: narrow,
  });
  strapi.sanitizers.add(
    'content-api.output',
    ((schema: { uid: string }) => (data: unknown) => gateOutput(strapi, schema.uid, data)) as never,
  );
}

/**
 * A write looks for the files and entries that it names, from within its transaction, and those are
 * gated. Who asks is found before: inside, a question on another connection would wait for ever on
 * SQLite.
 */
async function knowViewer(strapi: Core.Strapi, _: DocumentCall, next: Next): Promise<unknown> {
  const ctx = gatedRequest(strapi);
  if (ctx && !strapi.db.inTransaction()) await accessService(strapi).viewerOf(ctx);
  return next();
}

function narrow(event: { model: { uid: string }; params: { where?: unknown } }): void {
  const narrowing = narrowingOf(event.model.uid);
  if (!narrowing) return;
  const without = { id: { $notIn: narrowing.without } };
  event.params.where = { $and: [event.params.where ?? {}, without] };
}

async function guardRead(strapi: Core.Strapi, call: DocumentCall, next: Next): Promise<unknown> {
  const ctx = gatedRequest(strapi);
  const model = allGateModels(strapi).get(call.uid);
  if (!ctx || !model) return next();
  const viewer = await accessService(strapi).viewerOf(ctx);
  if (viewer.kind === 'preview') return next();

  const verdict = refuseUnsafe(strapi, ctx, model, call);
  const gated = model.accessField !== undefined;
  const isList = LISTS.includes(call.action);
  const answer = gated && isList ? readList(strapi, model, { viewer, verdict }, next) : next();
  const document = await prefetched(strapi, ctx, viewer, call.uid, await answer);
  if (gated && !isList) refuseWithheld(strapi, ctx, viewer, model, document);
  return document;
}

/** Only lists can leave out rows, so only they may ask about values of a withheld row. */
function refuseUnsafe(
  strapi: Core.Strapi,
  ctx: Context,
  model: GateModel,
  { uid, action, params }: DocumentCall,
): QueryVerdict {
  if (asksDrafts(params) && touchesGate(strapi).has(uid)) {
    refuseRequest(strapi, ctx, 403, 'access.draft-refused');
  }
  const verdict = guardQuery(gateModels(strapi), model, params);
  if (verdict === 'refused' || (verdict === 'withheld-values' && !LISTS.includes(action))) {
    refuseRequest(strapi, ctx, 400, 'access.filter-refused');
  }
  return verdict;
}

const asksDrafts = (params: DocumentCall['params']): boolean =>
  params.status === 'draft' ||
  params.publicationFilter !== undefined ||
  params.hasPublishedVersion !== undefined;

/** Rows that the viewer may not read at all, and those whose values the query asks about. */
async function readList(
  strapi: Core.Strapi,
  model: GateModel,
  { viewer, verdict }: { viewer: Viewer; verdict: QueryVerdict },
  next: Next,
): Promise<unknown> {
  const { uid, accessField = '' } = model;
  const texts = await hiddenRules(strapi, model, viewer, verdict);
  if (texts.length === 0) return next();
  return narrowed({ uid, without: entriesWithRules(strapi, uid, accessField, texts) }, next);
}

function refuseWithheld(
  strapi: Core.Strapi,
  ctx: Context,
  viewer: Viewer,
  model: GateModel,
  document: unknown,
): void {
  if (!isEntity(document)) return;
  const knowledge = knowledgeOf(loadedOf(ctx));
  const decision = decideEntry(knowledge.access(model, document), viewer, settingOf(strapi));
  if (decision.allow || decision.otherwise === 'teaser') return;
  privateAnswer(ctx);
  const { otherwise, redirectTo, reason } = decision;
  if (otherwise === 'login') refuseRequest(strapi, ctx, 401, 'access.login-required', decision);
  refuseRequest(strapi, ctx, 403, 'access.withheld', { otherwise, redirectTo, reason });
}

/** One statement a type for the whole list; the sanitizer sees its entries one by one. */
async function prefetched(
  strapi: Core.Strapi,
  ctx: Context,
  viewer: Viewer,
  uid: string,
  answer: unknown,
): Promise<unknown> {
  if (typeof answer === 'object' && answer !== null) {
    const found = findGated(gateModels(strapi), uid, answer);
    await load(strapi, loadedOf(ctx), found, viewer);
  }
  return answer;
}

/** Every entry that a content-API controller answers with comes through here. */
async function gateOutput(strapi: Core.Strapi, uid: string, data: unknown): Promise<unknown> {
  if (isUngated() || !isEntity(data)) return data;
  const models = gateModels(strapi);
  const found = findGated(models, uid, data);
  if (found.length === 0) return data;
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (ctx) privateAnswer(ctx);
  const viewer = ctx ? await accessService(strapi).viewerOf(ctx) : unknownVisitor;
  const loaded = loadedOf(ctx);
  await load(strapi, loaded, found, viewer);
  const gate = { ...settingOf(strapi), models, knowledge: knowledgeOf(loaded), viewer };
  const sign = fileSigner(strapi, 'page');
  return (
    gateEntity(gate, uid, withSignedFiles({ ...gate, sign }, uid, data)) ?? {
      id: data.id,
      documentId: data.documentId,
    }
  );
}
