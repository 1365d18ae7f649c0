/** A browser as far as the server can tell: cookies kept, redirects seen, forms posted as forms. */
import type { TestApp } from './app';
import { compiled, kernel } from './crm';
import type { FakeSmtp } from './fake-smtp';

export interface SiteAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON, or undefined for HTML. */
  readonly json: unknown;
}

export interface SiteBrowser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<SiteAnswer>;
  /** As an HTML form of our own page; redirects are not followed. */
  form(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<SiteAnswer>;
  json(path: string, body: unknown, headers?: Record<string, string>): Promise<SiteAnswer>;
}

export function siteBrowser(app: Pick<TestApp, 'origin'>): SiteBrowser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': 'ja', ...(cookie ? { cookie } : {}), ...init.headers };
    const answer = await fetch(app.origin + path, { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    const json: unknown = isJson ? JSON.parse(text) : undefined;
    return { status: answer.status, headers: answer.headers, text, json };
  };
  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers: { accept: 'text/html', ...headers } }),
    form: (path, fields, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
    json: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      }),
  };
}

type Delivery = typeof import('../../src/plugins/crm/server/delivery');

/** The path that a mail's first link to this site leads to, after everything due went out. */
export async function mailedLink(app: TestApp, smtp: FakeSmtp, to: string): Promise<string> {
  await flushMails(app);
  const before = smtp.mails.length === 0 ? await smtp.received(1) : smtp.mails;
  const mail = [...before].reverse().find((candidate) => candidate.to.includes(to));
  const parsed = await mail?.parse();
  const link = /https?:\/\/[^\s"<]+/.exec(parsed?.text ?? '')?.[0];
  if (!link) throw new Error(`No mail with a link to ${to}`);
  const url = new URL(link);
  return url.pathname + url.search;
}

export async function flushMails(app: TestApp): Promise<void> {
  await compiled<Delivery>('delivery').deliveryService(app.strapi).drain();
  await kernel().jobs(app.strapi).idle();
}
