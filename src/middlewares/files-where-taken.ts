import type { Context, Next } from 'koa';

/** The Upload plugin, for the admin and by API; the import of files by API. */
const TAKEN = /^\/(?:api\/)?upload(?:\/|$)|^\/crm\/(?:\w+\/)?imports?$/;

/**
 * Strapi writes the parts of any multipart request to disk, two hundred megabytes of it, before
 * anybody is asked who he is. Everywhere but where files are taken it is refused unread.
 */
export default () => (ctx: Context, next: Next) => {
  if (!ctx.is('multipart/*') || TAKEN.test(ctx.path)) return next();
  ctx.status = 415;
  ctx.body = {
    data: null,
    error: {
      status: 415,
      name: 'UnsupportedMediaTypeError',
      message: 'No files are taken here. Send JSON or form fields.',
    },
  };
  // What is left of it is not waited for.
  ctx.set('Connection', 'close');
  return undefined;
};
