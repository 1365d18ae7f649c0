import type { Decision, SitePage } from '../crm';
import type { SiteAnswer } from './answer';
import type { SiteRequest } from './site-request';

export const notFound = ({ texts }: Pick<SiteRequest, 'texts'>): SiteAnswer => ({
  template: 'message',
  status: 404,
  title: texts.notFoundTitle,
  scope: () => ({
    message: { title: texts.notFoundTitle, text: texts.notFoundText, links: true },
  }),
  json: () => ({
    data: null,
    error: { status: 404, name: 'NotFoundError', message: texts.notFoundTitle },
  }),
  personal: true,
});

/**
 * The answer when nothing of an entry may be shown; null when it, or its teaser, may be. 401 asks
 * who is there, 403 tells a member that this is not for her: neither says a word of the entry.
 */
export function gatedAnswer(request: SiteRequest, page: SitePage): SiteAnswer | null {
  const { decision } = page;
  if (decision.allow || decision.otherwise === 'teaser') return null;
  const { ctx, texts, viewer, locale, wantsJson } = request;
  const visitor = viewer.kind === 'visitor';
  const login = `/m/login?next=${encodeURIComponent(ctx.path)}&lang=${locale}`;
  const elsewhere = elsewhereOf(decision, visitor, login);
  if (!wantsJson && elsewhere) return redirect(request, elsewhere);
  const status = visitor ? 401 : 403;
  return {
    template: 'message',
    status,
    title: texts.deniedTitle,
    scope: () => ({
      message: {
        title: texts.deniedTitle,
        text: texts.deniedText,
        note: visitor ? texts.deniedVisitorText : undefined,
        login: visitor ? login : undefined,
        myPage: !visitor,
      },
    }),
    json: () => ({
      data: null,
      error: {
        status,
        name: visitor ? 'UnauthorizedError' : 'ForbiddenError',
        code: 'access.withheld',
        message: texts.deniedTitle,
      },
    }),
    personal: true,
  };
}

/** Where the editor wants those to go who may not read this; nothing for a plain refusal. */
function elsewhereOf(decision: Decision, visitor: boolean, login: string): string | undefined {
  if (decision.allow) return undefined;
  if (decision.otherwise === 'redirect') return decision.redirectTo;
  return decision.otherwise === 'login' && visitor ? login : undefined;
}

function redirect({ ctx }: SiteRequest, to: string): SiteAnswer {
  ctx.set('Location', to);
  return {
    template: 'message',
    status: 302,
    scope: () => ({ message: {} }),
    json: () => ({}),
    personal: true,
  };
}
