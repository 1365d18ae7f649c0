import {
  organisationFor,
  type ConfiguredOrganisation,
} from '../../plugins/crm/shared/organisation';
import type { RenderTemplate } from '../templates';
import type { SiteRequest } from './site-request';

/** One page, as HTML and as JSON. */
export interface SiteAnswer {
  readonly template: string;
  readonly title?: string;
  readonly description?: string;
  /** Name of generated art for link previews. */
  readonly artwork?: string;
  /** What only this template needs; asked for when HTML is wanted. */
  readonly scope?: () => object | Promise<object>;
  /** JSON body of the same page, or its bytes. */
  readonly json: () => object;
  readonly structuredData?: () => object;
  readonly status?: number;
  /** The answer is another for another viewer. */
  readonly personal: boolean;
}

export async function sendAnswer(
  request: SiteRequest,
  render: RenderTemplate,
  answer: SiteAnswer,
): Promise<void> {
  const { ctx } = request;
  ctx.status = answer.status ?? 200;
  // What was made for one person must not be kept by a proxy or shown after logging out.
  const shareable = !answer.personal && request.viewer.kind === 'visitor' && ctx.status === 200;
  ctx.set('Cache-Control', shareable ? 'public, max-age=0, s-maxage=60' : 'private, no-store');
  ctx.vary(['Accept', 'Cookie']);
  if (request.wantsJson) {
    ctx.type = 'json';
    ctx.body = answer.json();
    return;
  }
  ctx.type = 'html';
  ctx.body = await render(answer.template, await htmlScope(request, answer));
}

async function htmlScope(request: SiteRequest, answer: SiteAnswer): Promise<object> {
  const { ctx, strapi, locale, prefix, texts, viewer } = request;
  const origin = new URL(String(strapi.config.get('plugin::crm.publicUrl'))).origin;
  const path = ctx.path.replace(/\.json$/, '');
  const plainPath = locale === 'en' ? path.replace(/^\/en(?=\/|$)/, '') || '/' : path;
  return {
    locale,
    prefix,
    texts,
    origin,
    path,
    japanesePath: plainPath,
    englishPath: plainPath === '/' ? '/en' : `/en${plainPath}`,
    member: viewer.kind === 'member',
    tier: viewer.tier,
    title: answer.title,
    description: answer.description ?? texts.description,
    artwork: answer.artwork ?? 'horizon-enishi',
    structuredData: answer.structuredData?.(),
    organisation: organisationFor(
      strapi.config.get<ConfiguredOrganisation>('plugin::crm.organisation'),
      locale,
    ),
    ...(await answer.scope?.()),
  };
}
