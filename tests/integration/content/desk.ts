/** An editor at her desk: a site with readers, and previews asked for and opened. */
import { expect } from 'vitest';

import {
  previewAnswerSchema,
  type PreviewAnswer,
  type PreviewRequest,
} from '../../../src/plugins/crm/shared/preview';
import { adminClient, type AdminAnswer, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { memberOfTier, visitor, type Reader } from '../../support/site';

export const ARTICLE = 'api::article.article';
export const PAGE = 'api::page.page';
export const VISITOR = { kind: 'visitor' } as const;

export const person = (reader: Reader) =>
  ({ kind: 'person', customerId: Number(reader.customerId) }) as const;

export const callout = (heading: string, audience?: object, slot?: string) => ({
  __component: 'blocks.callout',
  heading,
  ...(audience ? { audience: { audience, ...(slot ? { slot } : {}) } } : {}),
});

export type Wish = Pick<PreviewRequest, 'person'> & {
  readonly uid?: string;
  readonly documentId: string;
  readonly locale?: 'ja' | 'en';
  readonly version?: 'draft' | 'published';
  readonly context?: object;
  readonly asOf?: string;
};

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
  update(params: object): Promise<unknown>;
  findFirst(params: object): Promise<{ documentId: string } | null>;
}

export interface Desk {
  readonly app: TestApp;
  readonly editor: AdminClient;
  readonly anyone: Reader;
  readonly silver: Reader;
  readonly platinum: Reader;
  documents(uid: string): Documents;
  idOf(uid: string, slug: string, locale?: string): Promise<string>;
  /** Asks as a super admin, or as `client`. */
  ask(wish: Wish, client?: AdminClient): Promise<AdminAnswer>;
  /** The answer, which must be one. */
  preview(wish: Wish): Promise<PreviewAnswer>;
  open(url: string | null, headers?: Record<string, string>): Promise<Response>;
  bytes(wish: Wish): Promise<string>;
  /** Without the places where a line may break. */
  words(wish: Wish): Promise<string>;
  article(
    blocks: object[],
    more?: object,
    status?: string,
  ): Promise<{ documentId: string; path: string }>;
}

export async function openDesk(): Promise<Desk> {
  const app = await startApp({ env: { SEED_DEMO: 'true' } });
  const editor = await adminClient(app);
  const documents = (uid: string) => app.strapi.documents(uid as never) as unknown as Documents;
  const ask: Desk['ask'] = (wish, client = editor) =>
    client.post('/crm/previews', { uid: ARTICLE, version: 'published', ...wish });
  const preview: Desk['preview'] = async (wish) => {
    const answer = await ask(wish);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return previewAnswerSchema.parse(answer.body).data;
  };
  const open: Desk['open'] = (url, headers = {}) =>
    fetch(app.origin + url, { redirect: 'manual', headers: { accept: 'text/html', ...headers } });
  const bytes: Desk['bytes'] = async (wish) => (await open((await preview(wish)).url)).text();
  let made = 0;
  return {
    app,
    editor,
    anyone: visitor(app),
    silver: await memberOfTier(app, 'silver', '田中'),
    platinum: await memberOfTier(app, 'platinum', '佐藤<b>'),
    documents,
    idOf: async (uid, slug, locale = 'ja') =>
      (await documents(uid).findFirst({ filters: { slug }, locale }))?.documentId ?? '',
    ask,
    preview,
    open,
    bytes,
    words: async (wish) => (await bytes(wish)).replaceAll('<wbr>', ''),
    async article(blocks, more = {}, status = 'published') {
      made += 1;
      const slug = `preview-${made}`;
      const data = { title: `題${made}`, slug, blocks, ...more };
      const { documentId } = await documents(ARTICLE).create({ status, locale: 'ja', data });
      return { documentId, path: `/articles/${slug}` };
    },
  };
}
