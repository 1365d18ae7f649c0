/** Friends who are linked customers, and campaigns to them, on the emulated platform. */
import { adminClient, type AdminClient } from '../../support/admin';
import { campaignInput, createSegment, deliveryModule, register } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { startLineWorld, type LineWorld } from './world';

export interface LineRequest {
  readonly path: string;
  readonly status: number;
  /** When it came in. */
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly to?: string | readonly string[] };
}

export interface LineLab {
  readonly world: LineWorld;
  readonly admin: AdminClient;
  /** People who follow the account, are linked and have agreed; their LINE user ids. */
  friends(count: number, more?: object): Promise<string[]>;
  /** Gives a friend a login, so that gates for members and tiers open. */
  registered(userId: string): Promise<void>;
  /** A draft to everybody, by LINE. */
  createCampaign(article: string, more?: object): Promise<string>;
  send(campaign: string): Promise<Awaited<ReturnType<AdminClient['post']>>>;
  drain(): Promise<void>;
  /** Goes on an hour at a time until nothing waits. */
  drainForHours(hours: number): Promise<void>;
  calls(kind: 'push' | 'multicast'): Promise<readonly LineRequest[]>;
  statuses(): Promise<Record<string, number>>;
  clear(): Promise<void>;
}

const TABLES = [
  'crm_line_multicasts',
  'crm_line_multicast_members',
  'crm_line_narrowcasts',
  'crm_line_units',
  'crm_line_rich_menus',
  'crm_line_menu_versions',
  'crm_line_menu_walks',
  'crm_line_menu_taps',
  'crm_line_friends',
  'crm_messages',
  'crm_message_events',
  'crm_links',
  'crm_campaigns',
  'crm_customers',
  'crm_identities',
  'crm_consent_states',
  'crm_member_events',
  'crm_segments',
  'crm_segment_members',
];

const FILLED = ['crm_customers', 'crm_consent_states', 'crm_line_friends'];

export async function startLineLab(env: Readonly<Record<string, string>> = {}): Promise<LineLab> {
  const world = await startLineWorld({ env });
  const { strapi } = world.app;
  const db = strapi.db.connection;
  const admin = await adminClient(world.app);
  const drain = async () => {
    await kernel().jobs(strapi).idle();
    await deliveryModule().deliveryService(strapi).drain();
  };
  const waiting = async () =>
    (await db('crm_messages').whereIn('status', ['queued', 'retry', 'leased']).first('id')) !==
    undefined;
  return {
    world,
    admin,
    drain,
    friends: (count, more = {}) => befriend(world, count, more),
    async registered(userId) {
      const { id } = (await db('crm_customers').where({ document_id: userId }).first('id')) as {
        id: number;
      };
      await register(strapi, id, `${userId}@example.jp`);
    },
    async createCampaign(article, more = {}) {
      const segment = await createSegment(world.app);
      const input = campaignInput(article, segment, { channels: ['line'], ...more });
      const created = await admin.post('/crm/campaigns', input);
      if (created.status !== 201) throw new Error(JSON.stringify(created.body));
      return String((created.body as { data: { documentId: string } }).data.documentId);
    },
    send: (campaign) => admin.post(`/crm/campaigns/${campaign}/send`),
    async drainForHours(hours) {
      for (let hour = 0; hour < hours; hour += 1) {
        await drain();
        if (!(await waiting())) return;
        kernel().clock(strapi).advance(3_601_000);
      }
    },
    async calls(kind) {
      const { requests } = await world.act('GET', 'requests?limit=5000');
      return (requests as LineRequest[]).filter(({ path }) => path.endsWith(`/message/${kind}`));
    },
    statuses: () => statusCounts(db),
    async clear() {
      await world.act('POST', 'reset');
      kernel().clock(strapi).reset();
      for (const table of TABLES) await db(table).delete();
    },
  };
}

type Connection = LineWorld['app']['strapi']['db']['connection'];

async function befriend(world: LineWorld, count: number, more: object): Promise<string[]> {
  const { userIds } = (await world.act('POST', 'users/bulk', { count })) as { userIds: string[] };
  const db = world.app.strapi.db.connection;
  await link(db, userIds, more);
  // What autovacuum does within a minute: the planner takes a table just filled for an empty one.
  if (process.env.TEST_DATABASE === 'postgres') await db.raw(`analyze ${FILLED.join(', ')}`);
  return userIds;
}

async function statusCounts(db: Connection): Promise<Record<string, number>> {
  const rows: { status: string; count: number | string }[] = await db('crm_messages')
    .groupBy('status')
    .select('status')
    .count({ count: '*' });
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}

async function link(db: Connection, userIds: readonly string[], more: object): Promise<void> {
  const at = Date.now();
  for (let start = 0; start < userIds.length; start += 300) {
    const part = userIds.slice(start, start + 300);
    const rows: { id: number }[] = await db('crm_customers')
      .insert(
        part.map((userId) => ({
          document_id: userId,
          family_name: '友だち',
          language: 'ja',
          tier: 'regular',
          tags: '[]',
          ...more,
        })),
      )
      .returning('id');
    await db('crm_consent_states').insert(
      rows.map(({ id }) => ({
        customer_id: id,
        purpose: 'marketing',
        channel: 'line',
        granted: true,
        changed_at: at,
      })),
    );
    await db('crm_line_friends').insert(
      part.map((userId, index) => ({
        account: 'main',
        user_id: userId,
        customer_id: rows[index]?.id,
        status: 'following',
        status_at: at,
        followed_at: at,
        last_event_at: at,
        linked_at: at,
      })),
    );
  }
}
