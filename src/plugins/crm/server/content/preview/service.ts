/** Makes a preview: who looks, what she gets and why, and the address under which to see it. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { PreviewAnswer, PreviewRequest } from '../../../shared/preview';
import { accessService, type Simulation, type Viewer } from '../../access';
import { customersService } from '../../customers';
import { clock, refuse, success, type Result } from '../../kernel';
import { contentService } from '../index';
import { contentStore } from '../store';
import { logLook } from './log';
import { writeTicket } from './ticket';

/** The administrator who asks, as Strapi knows her in this request. */
export interface Editor {
  readonly id: number;
  readonly ability: { can(action: string): boolean };
}

export async function makePreview(
  strapi: Core.Strapi,
  editor: Editor,
  request: PreviewRequest,
): Promise<Result<PreviewAnswer>> {
  const { person, uid, locale } = request;
  if (person.kind === 'person' && !editor.ability.can('plugin::crm.customers.read')) {
    return refuse('content.preview-person-refused', 403);
  }
  const readable = await mayRead(strapi, editor, request);
  if (!readable.ok) return readable;

  const ticketOf = (path: string) => {
    const context = { ...request.context, language: request.context.language ?? locale };
    const drafts = request.version === 'draft';
    const asOf = request.asOf ? Date.parse(request.asOf) : undefined;
    return { admin: editor.id, path, person, context, drafts, ...(asOf ? { asOf } : {}) };
  };
  const ticket = ticketOf('/');
  return at(strapi, ticket.asOf, async () => {
    const viewer = await viewerOf(strapi, ticket);
    const now = clock(strapi).now();
    const found = await contentService(strapi).explainEntry(request, viewer, now);
    if (!found) return refuse('content.preview-missing', 404);
    const { document, ...explanation } = found;
    await logLook(strapi, editor.id, request, String(document.title ?? document.name ?? uid));
    const path = contentService(strapi).addressOf(uid, document, locale);
    const address = path === null ? null : writeTicket(strapi, ticketOf(path));
    return success({
      ...explanation,
      path,
      url: address && `/m/preview/${address.token}`,
      expiresAt: address && new Date(address.expires).toISOString(),
      person: await describe(strapi, request, viewer),
    });
  });
}

/** Runs `work` at the chosen moment, or now. */
export const at = <T>(strapi: Core.Strapi, asOf: number | undefined, work: () => T): T =>
  asOf === undefined ? work() : clock(strapi).during(new Date(asOf), work);

/** As the Content Manager would decide it, with its conditions. */
async function mayRead(
  strapi: Core.Strapi,
  { ability }: Editor,
  { uid, documentId, locale, version }: PreviewRequest,
): Promise<Result<true>> {
  if (!uid.startsWith('api::') || !(uid in strapi.contentTypes)) {
    return refuse('content.preview-missing', 404);
  }
  const checker = strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility: ability, model: uid });
  if (checker.cannot.read()) return refuse('content.preview-refused', 403);
  const entry = await contentStore(strapi).findForPermission(uid, documentId, locale, version);
  if (!entry) return refuse('content.preview-missing', 404);
  return checker.cannot.read(entry) ? refuse('content.preview-refused', 403) : success(true);
}

/** The viewer whom a request with these choices would have: found by that very request. */
async function viewerOf(
  strapi: Core.Strapi,
  { person, context, drafts }: Simulation,
): Promise<Viewer> {
  const message = new IncomingMessage(new Socket());
  const ctx = strapi.server.app.createContext(message, new ServerResponse(message)) as Context;
  accessService(strapi).simulate(ctx, '/', { person, context, drafts });
  return accessService(strapi).viewerOf(ctx);
}

async function describe(
  strapi: Core.Strapi,
  { person }: PreviewRequest,
  viewer: Viewer,
): Promise<PreviewAnswer['person']> {
  const customer =
    person.kind === 'person' ? await customersService(strapi).find(person.customerId) : null;
  const name = customer && [customer.familyName, customer.givenName].filter(Boolean).join(' ');
  return {
    loggedIn: viewer.kind === 'member',
    name: name || null,
    tier: viewer.tier ?? null,
    plans: [...viewer.plans],
    segments: [...viewer.segments],
    memberSince: viewer.memberSince?.toISOString() ?? null,
  };
}
