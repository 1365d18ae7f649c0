/** A page that anybody may read, to be asked for while something else goes on. */
import type { Core } from '@strapi/strapi';

/** Answers how it is taken away again, where the data is kept. */
export async function writePage(
  strapi: Core.Strapi,
  { slug, lead }: { readonly slug: string; readonly lead: string },
): Promise<() => Promise<unknown>> {
  const articles = strapi.documents('api::article.article');
  const data = { title: 'ページ', slug, lead };
  const { documentId } = await articles.create({
    ...{ locale: 'ja', status: 'published' },
    data,
  } as never);
  return () => articles.delete({ documentId, locale: '*' } as never);
}
