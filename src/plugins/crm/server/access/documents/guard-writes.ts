/** Before an entry is written, by whomever: its rules are rules, and none is lost by accident. */
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';

import { crmConfig, localeOf, translate } from '../../kernel';
import { isEntity, type Entity } from '../domain/gate';
import type { GateModel } from '../domain/gate-model';
import { droppedBlockRules, withKnownRules } from '../domain/kept-rules';
import { parseRule, placedRules } from '../domain/references';
import { gateModels } from '../gate-models';
import { carriers } from './carriers';
import { versionsOf } from './store';

interface WriteCall {
  readonly uid: string;
  readonly action: string;
  readonly params: {
    readonly documentId?: unknown;
    readonly locale?: unknown;
    data?: unknown;
  };
}

const WRITES = new Set(['create', 'update', 'clone']);

export function guardWrites(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const call = context as unknown as WriteCall;
    const model = carriers(strapi).get(call.uid);
    if (model && WRITES.has(call.action) && isEntity(call.params.data)) {
      const data = await keepRules(strapi, model, call, call.params.data);
      refuseInvalid(strapi, call.uid, data);
      call.params.data = data;
    }
    return next();
  });
}

interface Issue {
  readonly path: string;
  readonly code: string;
}

/** In Strapi's shape, so that the edit view shows the message at the field. */
function refuse(strapi: Core.Strapi, issues: readonly Issue[]): never {
  const ctx = strapi.requestContext.get() as Context | undefined;
  const fallback = crmConfig(strapi).defaultLocale;
  const locale = ctx ? localeOf(ctx, fallback) : fallback;
  const text = (code: string) => translate(strapi, locale, code);
  throw new errors.ValidationError(text(issues[0]?.code ?? ''), {
    code: issues[0]?.code,
    errors: issues.map(({ path, code }) => ({
      path: path.split('.'),
      name: 'ValidationError',
      message: text(code),
    })),
  });
}

function refuseInvalid(strapi: Core.Strapi, uid: string, data: Entity): void {
  const invalid = placedRules(gateModels(strapi), uid, data).filter((placed) => !parseRule(placed));
  if (invalid.length === 0) return;
  refuse(
    strapi,
    invalid.map(({ path, field }) => ({ path, code: `access.invalid-${field}` })),
  );
}

/** Programs and restored versions bring blocks as they knew them; an editor's form brings all. */
async function keepRules(
  strapi: Core.Strapi,
  model: GateModel,
  call: WriteCall,
  data: Entity,
): Promise<Entity> {
  const { documentId } = call.params;
  if (call.action !== 'update' || typeof documentId !== 'string') return data;
  const versions = await versionsOf(strapi, model.uid, documentId);
  if (versions.length === 0) return data;
  const locale = await localeOfCall(strapi, model.uid, call.params.locale);
  const own = versions.filter((version) => locale === null || version.locale === locale);
  const source = requestKind(strapi);
  const models = gateModels(strapi);
  const known = withKnownRules(models, model, { data, versions: own });
  if (source !== 'form') {
    const dropped = droppedBlockRules(models, model, { data: known, versions: own });
    if (dropped.length > 0) {
      refuse(
        strapi,
        dropped.map((path) => ({ path, code: 'access.audience-missing' })),
      );
    }
  }
  return withAccess(model, known, { versions, own, restored: source === 'restore' });
}

/** A translation begins with the gate of its original; restoring brings back words, not openness. */
function withAccess(
  { accessField }: GateModel,
  data: Entity,
  stored: { versions: readonly Entity[]; own: readonly Entity[]; restored: boolean },
): Entity {
  if (!accessField) return data;
  const begins = stored.own.length === 0 && (data[accessField] ?? null) === null;
  if (!begins && !stored.restored) return data;
  const from = begins ? stored.versions : stored.own;
  const rule = from.map((version) => version[accessField] ?? null).find((value) => value !== null);
  return rule === undefined ? data : { ...data, [accessField]: rule };
}

type Source = 'form' | 'program' | 'restore';

function requestKind(strapi: Core.Strapi): Source {
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (ctx && /^\/content-manager\/history-versions\/[^/]+\/restore$/.test(ctx.path)) {
    return 'restore';
  }
  const route = (ctx?.state as { route?: { info?: { type?: string } } } | undefined)?.route;
  return route?.info?.type === 'content-api' ? 'program' : 'form';
}

/** Null: the type is not translated, so all versions are of one language. */
async function localeOfCall(strapi: Core.Strapi, uid: string, given: unknown) {
  const schema = strapi.contentTypes[uid as never] as
    { pluginOptions?: { i18n?: { localized?: boolean } } } | undefined;
  if (schema?.pluginOptions?.i18n?.localized !== true) return null;
  if (typeof given === 'string') return given;
  return String(await strapi.plugin('i18n').service('locales').getDefaultLocale());
}
