/** People, an article and a campaign to it, made through the product's own services. */
import { adminClient, type AdminClient } from './admin';
import { startApp, type TestApp } from './app';
import { compiled, kernel } from './crm';
import { startFakeSmtp, type FakeSmtp } from './fake-smtp';

type Customers = typeof import('../../src/plugins/crm/server/customers');
type Consent = typeof import('../../src/plugins/crm/server/consent');
type Segments = typeof import('../../src/plugins/crm/server/segments');
type Delivery = typeof import('../../src/plugins/crm/server/delivery');

export const customersModule = () => compiled<Customers>('customers');
export const consentModule = () => compiled<Consent>('consent');
export const segmentsModule = () => compiled<Segments>('segments');
export const deliveryModule = () => compiled<Delivery>('delivery');

export interface Person {
  readonly familyName: string;
  readonly email?: string | null;
  /** True: opted in by e-mail. False: opted out. Undefined: never asked. */
  readonly consent?: boolean;
  readonly tier?: string;
  /** True: has a login, so that gates for members and tiers open. */
  readonly member?: boolean;
}

export async function createPeople(
  { strapi }: TestApp,
  people: readonly Person[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const { consent, member, ...fields } of people) {
    const id = await kernel().inTransaction(strapi, async (unit) => {
      const created = await customersModule()
        .customersService(strapi)
        .create(unit, { givenName: '花子', ...fields });
      if (!created.ok) throw new Error(created.refusal.code);
      if (consent !== undefined) {
        await consentModule().consentService(strapi).record(unit, {
          customerId: created.value.id,
          purpose: 'marketing',
          channel: 'email',
          granted: consent,
          source: 'test',
        });
      }
      return created.value.id;
    });
    if (member) await register(strapi, id, fields.email ?? '');
    ids.push(id);
  }
  return ids;
}

/** As a confirmed registration leaves it: the address proven, the moment on record. */
export async function register(strapi: TestApp['strapi'], customerId: number, email: string) {
  const verifiedAt = new Date();
  await kernel().inTransaction(strapi, async (unit) => {
    const attached = await customersModule()
      .customersService(strapi)
      .attachIdentity(unit, { customerId, kind: 'email', value: email, verifiedAt });
    if (!attached.ok) throw new Error(attached.refusal.code);
    await unit.trx('crm_member_events').insert({
      customer_id: customerId,
      type: 'registered',
      at: verifiedAt.getTime(),
      detail: '{}',
    });
  });
}

/** Many people at once, opted in, straight into the tables: for tests of sending, not of people. */
export async function insertPeople({ strapi }: TestApp, count: number): Promise<void> {
  const db = strapi.db.connection;
  for (let start = 0; start < count; start += 500) {
    const numbers = Array.from({ length: Math.min(500, count - start) }, (_, at) => start + at);
    const rows: { id: number }[] = await db('crm_customers')
      .insert(
        numbers.map((number) => ({
          document_id: `person-${number}`,
          family_name: `人${number}`,
          email: `person${number}@example.jp`,
          language: 'ja',
          tier: 'regular',
          tags: '[]',
        })),
      )
      .returning('id');
    await db('crm_consent_states').insert(
      rows.map(({ id }) => ({
        customer_id: id,
        purpose: 'marketing',
        channel: 'email',
        granted: true,
        changed_at: Date.now(),
      })),
    );
  }
}

export interface ArticleOptions {
  readonly title?: string;
  readonly access?: object;
  readonly blocks?: readonly object[];
}

export const paragraph = (text: string, audience?: object) => ({
  __component: 'blocks.rich-text',
  body: [{ type: 'paragraph', children: [{ type: 'text', text }] }],
  ...(audience && { audience: { audience } }),
});

/** The pages that the messages of tests lead to: a link into nowhere would stop them. */
const LINKED = [
  [
    'api::product.product',
    { slug: 'winter', title: '冬の盤', artist: '縁', code: 'LP-WINTER', price: 3300 },
  ],
  ['api::article.article', { slug: 'jazz', title: 'ジャズの棚' }],
] as const;

export async function createLinkedPages({ strapi }: TestApp): Promise<void> {
  for (const [uid, data] of LINKED) {
    const documents = strapi.documents(uid as never);
    const filters = { slug: data.slug };
    if (await documents.findFirst({ locale: 'ja', filters } as never)) continue;
    await documents.create({ status: 'published', locale: 'ja', data } as never);
  }
}

export async function createArticle(app: TestApp, options: ArticleOptions = {}) {
  await createLinkedPages(app);
  const documents = app.strapi.documents('api::article.article' as never);
  const title = options.title ?? '冬の入荷案内';
  const created = await documents.create({
    status: 'published',
    locale: 'ja',
    data: {
      title,
      slug: `article-${Math.random().toString(36).slice(2)}`,
      access: options.access ?? { audience: { type: 'everyone' }, otherwise: 'teaser' },
      blocks: options.blocks ?? [
        paragraph('{{ customer.familyName }}様、こんにちは。'),
        { __component: 'blocks.button', label: '商品を見る', url: '/products/winter' },
        { __component: 'blocks.button', label: '特集を読む', url: '/articles/jazz' },
      ],
    } as never,
  });
  return (created as { documentId: string }).documentId;
}

export async function createSegment({ strapi }: TestApp): Promise<string> {
  const created = await strapi.documents('plugin::crm.segment' as never).create({
    data: {
      name: `全員 ${Math.random()}`,
      kind: 'dynamic',
      rule: {
        combinator: 'and',
        rules: [{ field: 'customer.familyName', operator: 'isNotEmpty', value: null }],
      },
    } as never,
  });
  const { documentId } = created as { documentId: string };
  const refreshed = await segmentsModule().segmentsService(strapi).refresh(documentId);
  if (!refreshed.ok) throw new Error(refreshed.refusal.code);
  return documentId;
}

export const campaignInput = (article: string, segment: string, more: object = {}) => ({
  name: '冬の案内',
  subject: '{{ customer.familyName }}様へ　冬の入荷',
  preheader: '新着40点',
  lineAltText: '冬の入荷',
  source: { uid: 'api::article.article', documentId: article, locale: 'ja' as const },
  segment,
  channels: ['email'],
  channelRule: 'prefer' as const,
  senders: {},
  linkTracking: 'personal' as const,
  lineNarrowing: null,
  shortageRule: 'refuse' as const,
  resendOf: null,
  holdoutPercent: 0,
  test: null,
  topic: null,
  web: 'link' as const,
  webNoindex: false,
  ...more,
});

export interface AdminAnswerBody {
  data: Record<string, unknown>;
  error: { code: string; message: string };
}

/** A whole house for campaign tests: an application, its mail server and an editor. */
export interface CampaignLab {
  readonly app: TestApp;
  readonly smtp: FakeSmtp;
  readonly admin: AdminClient;
  db(): TestApp['strapi']['db']['connection'];
  /** Forgets people, campaigns and mails; the clock runs again. */
  clear(): Promise<void>;
  /** Resolves when everything that is due has been sent. */
  drain(): Promise<void>;
  /** A draft to everybody there is at this moment; answers its documentId. */
  createCampaign(more?: object, article?: string): Promise<string>;
  find(documentId: string): Promise<Record<string, unknown>>;
  /** Address, status and reason of every row of the outbox. */
  verdicts(): Promise<(string | null)[][]>;
  stop(): Promise<void>;
}

const TABLES = [
  'crm_messages',
  'crm_message_events',
  'crm_links',
  'crm_campaigns',
  'crm_customers',
  'crm_identities',
  'crm_consent_states',
  'crm_suppressions',
  'crm_segments',
  'crm_segment_members',
];

export async function startCampaignLab(
  env: Readonly<Record<string, string>> = {},
): Promise<CampaignLab> {
  const smtp = await startFakeSmtp();
  const app = await startApp({
    env: { SMTP_PORT: String(smtp.port), CRM_MEMORY_CHANNEL: 'true', ...env },
  });
  const admin = await adminClient(app);
  const db = () => app.strapi.db.connection;
  return {
    app,
    smtp,
    admin,
    db,
    async clear() {
      smtp.fault = undefined;
      // What the test before still has under way must not arrive in this one.
      await kernel().jobs(app.strapi).idle();
      smtp.clear();
      kernel().clock(app.strapi).reset();
      for (const table of TABLES) await db()(table).delete();
    },
    async drain() {
      await kernel().jobs(app.strapi).idle();
      await deliveryModule().deliveryService(app.strapi).drain();
    },
    async createCampaign(more = {}, article) {
      const source = article ?? (await createArticle(app));
      const input = campaignInput(source, await createSegment(app), more);
      const created = await admin.post('/crm/campaigns', input);
      if (created.status !== 201) throw new Error(JSON.stringify(created.body));
      return String((created.body as AdminAnswerBody).data.documentId);
    },
    async find(documentId) {
      return ((await admin.get(`/crm/campaigns/${documentId}`)).body as AdminAnswerBody).data;
    },
    async verdicts() {
      const rows: { address: string | null; status: string; guard_reason: string | null }[] =
        await db()('crm_messages').select('address', 'status', 'guard_reason').orderBy('id');
      return rows.map((row) => [row.address, row.status, row.guard_reason]);
    },
    async stop() {
      await app.stop();
      await smtp.stop();
    },
  };
}

/** As the screen does it: agrees to what the report shows while the campaign waits. */
export async function approveCampaign(lab: CampaignLab, id: string, as: AdminClient) {
  const report = await as.get(`/crm/campaigns/${id}/report`);
  const { asks } = (report.body as { data: { asks: object | null } }).data;
  const seen = asks ?? { content: '', audience: '', reach: 0 };
  return as.post(`/crm/campaigns/${id}/approve`, { seen });
}
