import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { listPage, messagePage, VIEWS, type View } from './pages';
import type { MailQuery, MailStore } from './store';
import { textsFor, type Texts } from './texts';

const LIST_LIMIT = 200;

interface Request {
  method: string;
  url: URL;
  texts: Texts;
}

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

type Handler = (request: Request, id: string) => Promise<Answer>;

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
const html = (body: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body,
  headers,
});
const notFound = (): Answer => json({ error: 'no such mail' }, 404);
const backToList = (): Answer => ({
  status: 303,
  type: 'text/plain',
  body: '',
  headers: { location: '/' },
});

function queryOf(url: URL): MailQuery {
  const limit = Number(url.searchParams.get('limit') ?? LIST_LIMIT);
  return {
    text: url.searchParams.get('q') ?? undefined,
    to: url.searchParams.get('to') ?? undefined,
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, 10_000) : LIST_LIMIT,
  };
}

function viewOf(url: URL, hasHtml: boolean): View {
  const asked = VIEWS.find((view) => view === url.searchParams.get('view'));
  return asked ?? (hasHtml ? 'html' : 'text');
}

/** Method and path, in which `:id` stands for a mail's id, to what answers it. */
type Routes = Record<string, Handler>;

function createPageRoutes(store: MailStore): Routes {
  return {
    'GET /': async ({ url, texts }) => {
      const query = queryOf(url);
      return html(listPage(texts, store.list(query), store.count(), query.text ?? ''));
    },
    'GET /messages/:id': async ({ url, texts }, id) => {
      const [mail, email, raw] = [store.summary(id), await store.parsed(id), await store.raw(id)];
      if (!mail || !email || !raw) return notFound();
      const view = viewOf(url, Boolean(email.html));
      return html(messagePage(texts, mail, email, view, raw.toString('utf8')));
    },
    'GET /messages/:id/html': async (_request, id) => {
      const email = await store.parsed(id);
      if (!email?.html) return notFound();
      const noScripts = { 'content-security-policy': "script-src 'none'" };
      return html(`<base target="_blank">${email.html}`, noScripts);
    },
    'POST /messages/:id/delete': async (_request, id) =>
      (await store.remove(id)) ? backToList() : notFound(),
    'POST /delete': async () => {
      await store.clear();
      return backToList();
    },
  };
}

function createApiRoutes(store: MailStore): Routes {
  return {
    'GET /api/messages': async ({ url }) => json(store.list(queryOf(url))),
    'GET /api/messages/:id': async (_request, id) => {
      const [mail, email] = [store.summary(id), await store.parsed(id)];
      if (!mail || !email) return notFound();
      const { html: htmlPart, text, headers } = email;
      const attachments = email.attachments.map(({ filename, mimeType }) => ({
        filename,
        mimeType,
      }));
      return json({ ...mail, html: htmlPart, text, headers, attachments });
    },
    'GET /api/messages/:id/raw': async (_request, id) => {
      const raw = await store.raw(id);
      return raw ? { status: 200, type: 'message/rfc822', body: raw } : notFound();
    },
    'DELETE /api/messages': async () => {
      await store.clear();
      return json({ deleted: true });
    },
    'DELETE /api/messages/:id': async (_request, id) =>
      (await store.remove(id)) ? json({ deleted: true }) : notFound(),
  };
}

const ID = /[0-9A-HJKMNP-TV-Z]{26}/;

/** A page of some other site must not empty the mailbox behind the reader's back. */
function isForeign(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  return origin !== undefined && origin !== `http://${request.headers.host ?? ''}`;
}

async function answer(routes: Routes, request: IncomingMessage): Promise<Answer> {
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const url = new URL(request.url ?? '/', 'http://mailbox.invalid');
  if (method !== 'GET' && isForeign(request)) return json({ error: 'another origin' }, 403);
  const id = ID.exec(url.pathname)?.[0] ?? '';
  const handler = routes[`${method} ${id ? url.pathname.replace(id, ':id') : url.pathname}`];
  return handler
    ? handler({ method, url, texts: textsFor(request.headers['accept-language']) }, id)
    : notFound();
}

function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

/** The pages and the JSON API of the mailbox. */
export function createWebServer(store: MailStore): Server {
  const routes = { ...createPageRoutes(store), ...createApiRoutes(store) };
  return createServer((request, response) => {
    answer(routes, request).then(
      (result) => send(response, result),
      (error: unknown) => send(response, json({ error: String(error) }, 500)),
    );
  });
}
