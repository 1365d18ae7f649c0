/** The import rules of docs/architecture.md as dependency-cruiser rules. */
import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Each feature may use those before it. */
export const FEATURE_ORDER = [
  'customers',
  'consent',
  'tracking',
  'commerce',
  'activities',
  'segments',
  'members',
  'access',
  'experiments',
  'content',
  'onsite',
  'publishing',
  'delivery',
  'line',
  'journeys',
  'forms',
  'inbox',
  'sales',
  'analytics',
  'privacy',
  'health',
  'settings',
] as const;

const PLUGIN = 'src/plugins/crm';
const features = FEATURE_ORDER.join('|');
const error = 'error' as const;

/** Provider SDKs, each at home in one folder only. */
const SDK_HOMES: readonly (readonly [sdk: string, home: string])[] = [
  ['@line/bot-sdk', `^${PLUGIN}/server/line/`],
  ['@growthbook/growthbook', `^${PLUGIN}/server/experiments/`],
  ['undici', `^${PLUGIN}/server/line/client/`],
  ['nodemailer', `^${PLUGIN}/server/delivery/channels/smtp/`],
  ['imapflow', `^${PLUGIN}/server/delivery/feedback/mailbox/`],
  ['better-sqlite3', `^${PLUGIN}/server/kernel/`],
  ['bullmq', `^${PLUGIN}/server/kernel/`],
  ['ioredis', `^${PLUGIN}/server/kernel/`],
];

const orderRules: IForbiddenRuleType[] = FEATURE_ORDER.slice(0, -1).map((feature, position) => ({
  name: `order-${feature}`,
  comment: `${feature} uses only features before it; what flows back is an event or an extension`,
  severity: error,
  from: { path: `^${PLUGIN}/server/${feature}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^${PLUGIN}/server/(${FEATURE_ORDER.slice(position + 1).join('|')})/` },
}));

const sdkRules: IForbiddenRuleType[] = SDK_HOMES.map(([sdk, home]) => ({
  name: `sdk-${sdk.replace(/\W+/g, '-')}`,
  comment: `${sdk} is imported only in its own folder`,
  severity: error,
  from: { path: `^(${PLUGIN}/server|src/(api|site|index))`, pathNot: home },
  to: { path: `(^|node_modules/)${sdk}(/|$)` },
}));

export const rules: IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    severity: error,
    from: { path: '^src/' },
    to: { circular: true },
  },
  {
    name: 'feature-through-index',
    comment: 'a feature is imported only through its index.ts',
    severity: error,
    from: { path: `^${PLUGIN}/server/(${features})/` },
    to: {
      path: `^${PLUGIN}/server/(${features})/`,
      pathNot: `^${PLUGIN}/server/($1/|[^/]+/index\\.ts$)`,
    },
  },
  {
    name: 'manifest-is-private',
    comment: 'only server/index.ts imports a feature.ts',
    severity: error,
    from: { path: `^${PLUGIN}/`, pathNot: `^${PLUGIN}/server/index\\.ts$` },
    to: { path: `^${PLUGIN}/server/[^/]+/feature\\.ts$` },
  },
  {
    name: 'kernel-knows-no-feature',
    severity: error,
    from: { path: `^${PLUGIN}/server/kernel/` },
    to: { path: `^${PLUGIN}/server/(${features})/` },
  },
  {
    name: 'domain-is-pure',
    comment: "domain/ imports its own folder, other features' index, shared/ and pure libraries",
    severity: error,
    from: { path: `^${PLUGIN}/server/[^/]+/domain/`, pathNot: '\\.test\\.ts$' },
    to: {
      path: [
        `^${PLUGIN}/server/kernel/(?!result\\.ts$)`,
        `^${PLUGIN}/server/[^/]+/(store|service|controller|feature|tables)`,
        'node_modules/(@strapi|knex|koa|pg)/',
        '^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads|dns)$',
      ],
    },
  },
  {
    name: 'controllers-call-services',
    severity: error,
    from: { path: `^${PLUGIN}/server/[^/]+/(controllers?|controllers?/.*)\\.ts$` },
    to: { path: `^${PLUGIN}/server/[^/]+/store(/|\\.ts$)` },
  },
  {
    name: 'admin-meets-server-in-shared',
    severity: error,
    from: { path: `^${PLUGIN}/admin/` },
    to: { path: `^${PLUGIN}/server/` },
  },
  {
    name: 'server-meets-admin-in-shared',
    severity: error,
    from: { path: `^${PLUGIN}/(server|shared)/` },
    to: { path: `^${PLUGIN}/admin/` },
  },
  {
    name: 'shared-stands-alone',
    severity: error,
    from: { path: `^${PLUGIN}/shared/` },
    to: { path: `^${PLUGIN}/(server|admin)/` },
  },
  {
    name: 'plugin-stands-alone',
    comment: 'nothing in the plugin reaches into the application',
    severity: error,
    from: { path: `^${PLUGIN}/` },
    to: { path: '^(src/(api|site|components|admin|index)|config)' },
  },
  ...orderRules,
  ...sdkRules,
];
