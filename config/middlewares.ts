import type { Core } from '@strapi/strapi';

// Nobody may frame the site, except the origins named: the demo's LINE phone shows pages inside itself.
// A form of ours may lead on to LINE's own pages: browsers hold redirects of forms to `form-action`.
const security = (ancestors: readonly string[], line: string) => ({
  name: 'strapi::security',
  config: {
    contentSecurityPolicy: {
      useDefaults: true,
      directives: {
        'frame-ancestors': ["'self'", ...ancestors],
        'form-action': ["'self'", line],
      },
    },
    // The page before this one is how a page reacts to the one before it; other sites learn nothing.
    referrerPolicy: { policy: 'same-origin' },
    ...(ancestors.length > 0 ? { frameguard: false } : {}),
  },
});

// LINE signs the raw bytes of a webhook, so the unparsed body is kept beside the parsed one. Bodies are
// held in memory before anybody is asked who he is: none is longer than the longest that is expected.
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Middlewares => [
  'strapi::logger',
  'strapi::errors',
  'global::page-not-found',
  security(env.array('FRAME_ANCESTORS', []), env('LINE_ACCESS_ORIGIN', 'https://access.line.me')),
  'strapi::cors',
  'strapi::query',
  'global::files-where-taken',
  {
    name: 'strapi::body',
    config: { includeUnparsed: true, jsonLimit: '2mb', formLimit: '256kb', textLimit: '512kb' },
  },
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];

export default config;
