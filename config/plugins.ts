import type { Core } from '@strapi/strapi';

// Japanese is the site's default locale; Strapi's i18n reads this once, on the first boot.
process.env.STRAPI_PLUGIN_I18N_INIT_LOCALE_CODE ??= 'ja';

const feedback = (env: Core.Config.Shared.ConfigParams['env']) => ({
  mailbox: env('BOUNCE_IMAP_HOST')
    ? {
        host: env('BOUNCE_IMAP_HOST'),
        port: env.int('BOUNCE_IMAP_PORT', 993),
        secure: env.bool('BOUNCE_IMAP_SECURE', true),
        user: env('BOUNCE_IMAP_USER'),
        password: env('BOUNCE_IMAP_PASSWORD'),
        folder: env('BOUNCE_IMAP_FOLDER', 'INBOX'),
      }
    : undefined,
  ses: env('SES_TOPIC_ARNS') ? { topicArns: env.array('SES_TOPIC_ARNS') } : undefined,
  sendgrid: env('SENDGRID_WEBHOOK_KEY') ? { publicKey: env('SENDGRID_WEBHOOK_KEY') } : undefined,
  mailgun: env('MAILGUN_SIGNING_KEY') ? { signingKey: env('MAILGUN_SIGNING_KEY') } : undefined,
  softBounces: { limit: env.int('SOFT_BOUNCE_LIMIT', 4), days: env.int('SOFT_BOUNCE_DAYS', 30) },
});

/** `docomo.ne.jp=60,ezweb.ne.jp|au.com=60`: mails a minute; a bar joins what shares a number. */
const domainLimits = (entries: readonly string[]) =>
  entries.filter(Boolean).map((entry) => {
    const [domains = '', perMinute] = entry.split('=');
    return { domains: domains.split('|'), perMinute: Number(perMinute) };
  });

const rates = (env: Core.Config.Shared.ConfigParams['env'], prefix: string) => ({
  perSecond: env(`${prefix}_PER_SECOND`) ? env.int(`${prefix}_PER_SECOND`) : undefined,
  perHour: env(`${prefix}_PER_HOUR`) ? env.int(`${prefix}_PER_HOUR`) : undefined,
});

const limits = (env: Core.Config.Shared.ConfigParams['env']) => ({
  ...rates(env, 'MAIL'),
  domains: domainLimits(env.array('MAIL_PER_MINUTE_BY_DOMAIN', [])),
  warmUp: env('MAIL_WARM_UP_SINCE')
    ? {
        since: env('MAIL_WARM_UP_SINCE'),
        firstDay: env.int('MAIL_WARM_UP_FIRST_DAY', 500),
        upTo: env.int('MAIL_WARM_UP_UP_TO', 1_000_000),
      }
    : undefined,
});

type Env = Core.Config.Shared.ConfigParams['env'];

/** `SMTP_2_HOST`, `SMTP_3_HOST` …: they take over where the ones before take no mail. */
const furtherServers = (env: Env) =>
  [2, 3, 4, 5].flatMap((number) => {
    const name = (part: string) => `SMTP_${number}_${part}`;
    if (!env(name('HOST'))) return [];
    const address = env(name('FROM_ADDRESS'));
    return [
      {
        key: env(name('KEY'), `smtp-${number}`),
        host: env(name('HOST')),
        port: env.int(name('PORT'), 587),
        secure: env.bool(name('SECURE'), false),
        user: env(name('USER')) || undefined,
        password: env(name('PASSWORD')) || undefined,
        connections: env.int(name('CONNECTIONS'), 5),
        streams: env.array(name('STREAMS'), ['transactional', 'marketing']),
        ...rates(env, `SMTP_${number}`),
        from: address
          ? { name: env(name('FROM_NAME'), env('MAIL_FROM_NAME', '縁レコード')), address }
          : undefined,
        dkim: env(name('DKIM_PRIVATE_KEY'))
          ? {
              domainName: env(name('DKIM_DOMAIN')),
              keySelector: env(name('DKIM_SELECTOR'), 'enishi'),
              privateKey: env(name('DKIM_PRIVATE_KEY')),
            }
          : undefined,
      },
    ];
  });

const email = (env: Core.Config.Shared.ConfigParams['env']) => ({
  smtp: {
    host: env('SMTP_HOST', '127.0.0.1'),
    port: env.int('SMTP_PORT', 1025),
    secure: env.bool('SMTP_SECURE', false),
    user: env('SMTP_USER'),
    password: env('SMTP_PASSWORD'),
    connections: env.int('SMTP_CONNECTIONS', 5),
    streams: env.array('SMTP_STREAMS', ['transactional', 'marketing']),
    ...rates(env, 'SMTP'),
  },
  limits: limits(env),
  furtherServers: furtherServers(env),
  from: {
    name: env('MAIL_FROM_NAME', '縁レコード'),
    address: env('MAIL_FROM_ADDRESS', 'news@enishi-records.example'),
  },
  dkim: env('DKIM_PRIVATE_KEY')
    ? {
        domainName: env('DKIM_DOMAIN'),
        keySelector: env('DKIM_SELECTOR', 'enishi'),
        privateKey: env('DKIM_PRIVATE_KEY'),
      }
    : undefined,
  returnPath: env('MAIL_RETURN_PATH') || undefined,
  dnsServers: env.array('DNS_SERVERS', []),
  feedback: feedback(env),
});

const sms = (env: Core.Config.Shared.ConfigParams['env']) =>
  env('SMS_ACCOUNT_SID')
    ? {
        apiOrigin: env('SMS_API_ORIGIN', 'https://api.twilio.com'),
        accountSid: env('SMS_ACCOUNT_SID'),
        authToken: env('SMS_AUTH_TOKEN'),
        from: env('SMS_FROM'),
        pricePerPart: env('SMS_PRICE_PER_PART') ? env.float('SMS_PRICE_PER_PART') : undefined,
      }
    : undefined;

/** One official account, by the variables that begin with `prefix`. */
const lineAccount = (env: Env, prefix: string, named: { key: string; name: string }) => ({
  key: env(`${prefix}_ACCOUNT_KEY`, named.key),
  name: env(`${prefix}_ACCOUNT_NAME`, named.name),
  channelId: env(`${prefix}_CHANNEL_ID`),
  channelSecret: env(`${prefix}_CHANNEL_SECRET`),
  // An empty line in .env means "not set".
  accessToken: env(`${prefix}_CHANNEL_ACCESS_TOKEN`) || undefined,
  basicId: env(`${prefix}_BASIC_ID`, '@enishi'),
  pricePerMessage: env(`${prefix}_PRICE_PER_MESSAGE`)
    ? env.float(`${prefix}_PRICE_PER_MESSAGE`)
    : undefined,
  addFriendUrl: env(`${prefix}_ADD_FRIEND_URL`) || undefined,
});

/** `LINE_2_CHANNEL_SECRET`, `LINE_3_CHANNEL_SECRET` …: further official accounts. */
const lineAccounts = (env: Env) => [
  ...(env('LINE_CHANNEL_SECRET')
    ? [lineAccount(env, 'LINE', { key: 'main', name: '縁レコード' })]
    : []),
  ...[2, 3, 4, 5, 6, 7, 8, 9].flatMap((number) =>
    env(`LINE_${number}_CHANNEL_SECRET`)
      ? [lineAccount(env, `LINE_${number}`, { key: `line-${number}`, name: `LINE ${number}` })]
      : [],
  ),
];

const line = (env: Env) => ({
  apiOrigin: env('LINE_API_ORIGIN', 'https://api.line.me'),
  dataApiOrigin: env('LINE_DATA_API_ORIGIN', env('LINE_API_ORIGIN', 'https://api-data.line.me')),
  accessOrigin: env('LINE_ACCESS_ORIGIN', 'https://access.line.me'),
  timeoutMs: env.int('LINE_TIMEOUT_MS', 10_000),
  pushesPerSecond: env.int('LINE_PUSHES_PER_SECOND', 2000),
  multicastsPerSecond: env.int('LINE_MULTICASTS_PER_SECOND', 180),
  logKeys: env.array('LINE_LOG_KEYS', []),
  profilesPerSecond: env.int('LINE_PROFILES_PER_SECOND', 200),
  accounts: lineAccounts(env),
  login: env('LINE_LOGIN_CHANNEL_SECRET')
    ? {
        channelId: env('LINE_LOGIN_CHANNEL_ID'),
        channelSecret: env('LINE_LOGIN_CHANNEL_SECRET'),
      }
    : undefined,
});

const commerce = (env: Core.Config.Shared.ConfigParams['env']) => ({
  webhookSecrets: env.array('CRM_ORDER_WEBHOOK_SECRETS', []),
  writeKeys: env.array('CRM_ORDER_KEYS', []),
});

const delivery = (env: Core.Config.Shared.ConfigParams['env']) => ({
  leaseSeconds: env.int('CRM_LEASE_SECONDS', 30),
  memoryChannel: env.bool('CRM_MEMORY_CHANNEL', false),
});

// Without CRM_REDIS_URL the work is done in this process.
const jobs = (env: Core.Config.Shared.ConfigParams['env']) => ({
  enabled: env.bool('CRM_JOBS_ENABLED', true),
  engine: env('CRM_JOBS_ENGINE', env('CRM_REDIS_URL') ? 'bullmq' : 'embedded'),
  redis: env('CRM_REDIS_URL') || undefined,
  prefix: env('CRM_JOBS_PREFIX', 'crm'),
  role: env('CRM_JOBS_ROLE', 'all'),
  lockSeconds: env.int('CRM_JOBS_LOCK_SECONDS', 30),
});

const operations = (env: Core.Config.Shared.ConfigParams['env']) => ({
  health: { token: env('CRM_HEALTH_TOKEN') || undefined },
  jobs: jobs(env),
});

const organisation = (env: Core.Config.Shared.ConfigParams['env']) => ({
  name: env('ORGANISATION_NAME', '縁レコード株式会社'),
  postalAddress: env('ORGANISATION_ADDRESS', '〒150-0001 東京都渋谷区神宮前1-2-3'),
  contact: env('ORGANISATION_CONTACT', 'support@enishi-records.example'),
  english: {
    name: env('ORGANISATION_NAME_EN') || undefined,
    postalAddress: env('ORGANISATION_ADDRESS_EN') || undefined,
  },
});

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  crm: {
    enabled: true,
    resolve: './src/plugins/crm',
    config: {
      publicUrl: env('PUBLIC_URL', 'http://127.0.0.1:1337'),
      secret: env('CRM_SECRET'),
      timeZone: env('SITE_TIME_ZONE', 'Asia/Tokyo'),
      defaultLocale: 'ja',
      cookies: { secure: env.bool('COOKIE_SECURE', env('PUBLIC_URL', '').startsWith('https:')) },
      organisation: organisation(env),
      email: email(env),
      sms: sms(env),
      line: line(env),
      // Left out unless a network in front of the site overwrites the header (`cf-ipcountry`).
      context: { countryHeader: env('CRM_COUNTRY_HEADER') || undefined },
      tracking: {
        writeKeys: env.array('CRM_WRITE_KEYS', []),
        eventsPerSecond: env.int('CRM_EVENTS_PER_SECOND', 2000),
      },
      commerce: commerce(env),
      delivery: delivery(env),
      imports: { folder: env('CRM_IMPORT_FOLDER') || undefined },
      ...operations(env),
    },
  },
  'users-permissions': {
    config: {
      jwtManagement: 'refresh',
      sessions: {
        httpOnly: true,
        cookie: { secure: env.bool('COOKIE_SECURE', env('PUBLIC_URL', '').startsWith('https:')) },
      },
      ratelimit: { enabled: true, interval: 60000, max: 10 },
    },
  },
  email: {
    config: {
      provider: '@strapi/provider-email-nodemailer',
      providerOptions: {
        host: env('SMTP_HOST', '127.0.0.1'),
        port: env.int('SMTP_PORT', 1025),
        secure: env.bool('SMTP_SECURE', false),
        auth: env('SMTP_USER') ? { user: env('SMTP_USER'), pass: env('SMTP_PASSWORD') } : undefined,
      },
      settings: { defaultFrom: env('MAIL_FROM_ADDRESS', 'news@enishi-records.example') },
    },
  },
});

export default config;
