import type { Core } from '@strapi/strapi';

// LINE signs the raw bytes of a webhook, so the unparsed body is kept beside the parsed one.
const config: Core.Config.Middlewares = [
  'strapi::logger',
  'strapi::errors',
  'global::page-not-found',
  'strapi::security',
  'strapi::cors',
  'strapi::query',
  {
    name: 'strapi::body',
    config: { includeUnparsed: true, jsonLimit: '2mb', formLimit: '256kb', textLimit: '50mb' },
  },
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];

export default config;
