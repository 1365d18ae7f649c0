/** Campaigns that LINE narrows down, on the emulated platform, with both clocks in hand. */
import { createArticle, paragraph } from '../../support/campaign';
import { kernel } from '../../support/crm';
import type { LineLab } from './campaign-lab';

const WOMEN = { genders: ['female'] };
export const NARROWED = { linkTracking: 'shared', subject: '入荷案内', lineNarrowing: WOMEN };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** What LINE was asked, and what stands here and there. */
function looking(lab: () => LineLab) {
  const channel = () => lab().world.emulator.platform.defaultChannel();
  const receivedBy = (userIds: readonly string[]) => [
    ...new Set(userIds.map((userId) => channel().friendships.get(userId)?.received)),
  ];

  const callsTo = async (path: string): Promise<readonly Call[]> =>
    ((await lab().world.act('GET', 'requests?limit=5000')).requests as Call[]).filter(
      (call) => call.path === path,
    );
  const narrowcasts = () => callsTo('/v2/bot/message/narrowcast');

  const stored = async () => {
    const rows = await lab().world.rows('crm_line_narrowcasts');
    return rows[0];
  };
  const found = async (id: string) =>
    ((await lab().admin.get(`/crm/campaigns/${id}`)).body as { data: Record<string, unknown> })
      .data;
  return { channel, receivedBy, callsTo, narrowcasts, stored, found };
}

export function narrowcasting(lab: () => LineLab) {
  const db = () => lab().world.app.strapi.db.connection;

  const peopleOf = async (count: number, gender: string) => {
    const userIds = await lab().friends(count);
    for (const userId of userIds) {
      await lab().world.act('PUT', `users/${userId}`, { demographics: { gender } });
    }
    return userIds;
  };

  const campaign = async (more: object = {}) =>
    lab().createCampaign(
      await createArticle(lab().world.app, { blocks: [paragraph('冬の新着が40点届きました。')] }),
      { ...NARROWED, ...more },
    );

  const step = () => lab().world.line().lineService(lab().world.app.strapi).stepNarrowcasts();
  /** Both clocks: LINE's, which works on audiences, and ours, by which it is asked. */
  const later = async (milliseconds: number) => {
    await lab().world.act('POST', 'clock', { advanceMs: milliseconds });
    kernel().clock(lab().world.app.strapi).advance(milliseconds);
  };
  const goOn = async (times = 8, milliseconds = 60_000) => {
    for (let time = 0; time < times; time += 1) {
      await later(milliseconds);
      await lab().drain();
      await step();
    }
  };
  const fault = (kind: string, count: number) =>
    lab().world.act('POST', 'faults', { kind, path: '/v2/bot/message/narrowcast', count });
  const withdraw = (userId: string) =>
    db()('crm_consent_states')
      .whereIn('customer_id', (query) => {
        void query.from('crm_customers').where({ document_id: userId }).select('id');
      })
      .update({ granted: false });
  return {
    ...looking(lab),
    db,
    peopleOf,
    campaign,
    step,
    later,
    goOn,
    fault,
    withdraw,
  };
}
