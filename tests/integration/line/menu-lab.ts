/** Rich menus on the emulated platform: made through the admin, seen as a friend sees them. */
import { z } from 'zod';

import { kernel } from '../../support/crm';
import type { LineLab } from './campaign-lab';

const everyone = { type: 'everyone' };
export const tier = (key: string) => ({ type: 'tiers', keys: [key] });

export const shownTo = (segment: string) => ({ audience: { type: 'segment', segment } });

export const shop = (more: object = {}) => ({
  name: '店舗メニュー',
  account: 'main',
  chatBarText: 'メニュー',
  active: true,
  audience: everyone,
  design: {
    size: 'compact',
    layout: '3',
    palette: 'ink',
    fields: [
      { label: '新着入荷', icon: 'music', action: { type: 'open', url: '/shop?new=1' } },
      { label: '営業時間', icon: 'clock', action: { type: 'say', text: '営業時間は？' } },
      { label: '会員連携', icon: 'card', action: { type: 'link' } },
    ],
  },
  ...more,
});

const savedSchema = z.object({
  data: z.looseObject({
    documentId: z.string(),
    state: z.string(),
    problem: z.string().nullable(),
    people: z.number().nullable(),
    taps: z.array(z.number()),
  }),
});

const usedSchema = z.object({ data: z.object({ usages: z.array(z.unknown()) }) });

export function menuLab(lab: LineLab) {
  const { strapi } = lab.world.app;
  const emulated = () => lab.world.emulator.platform.defaultChannel();
  const parsed = (body: unknown) => savedSchema.parse(body).data;
  const calls = async (path: string) => {
    const { requests } = await lab.world.act('GET', 'requests?limit=5000');
    const all = requests as { path: string; status: number; body: { userIds?: string[] } }[];
    return all.filter((request) => request.path === `/v2/bot/richmenu/${path}`);
  };
  return {
    emulated,
    calls,
    async create(more: object = {}) {
      const { status, body } = await lab.admin.post('/crm/line/menus', shop(more));
      if (status !== 201) throw new Error(JSON.stringify(body));
      return parsed(body);
    },
    change: async (id: string, more: object) => lab.admin.put(`/crm/line/menus/${id}`, shop(more)),
    find: async (id: string) => parsed((await lab.admin.get(`/crm/line/menus/${id}`)).body),
    /** Where it is used, as its page says, and what is answered to who would delete it. */
    async removeSegment(segment: string) {
      const path = `/crm/segments/${segment}`;
      const { usages } = usedSchema.parse((await lab.admin.get(path)).body).data;
      return { usages, status: (await lab.admin.delete(path)).status };
    },
    /** What happens four times a minute; the emulator does a bulk call a moment later. */
    async tick() {
      await kernel().jobs(strapi).fire('line.rich-menus');
      await new Promise((resolve) => setImmediate(resolve));
    },
    /** Name of the menu that this friend sees now. */
    seenBy(userId: string): string | null {
      const { friendships, richMenus, defaultRichMenuId = '' } = emulated();
      const own = friendships.get(userId)?.richMenuId ?? '';
      const menu = richMenus.get(own) ?? richMenus.get(defaultRichMenuId);
      return menu?.image ? menu.definition.name : null;
    },
    async customerOf(userId: string): Promise<number> {
      const row: unknown = await strapi.db
        .connection('crm_customers')
        .where({ document_id: userId })
        .first('id');
      return z.object({ id: z.number() }).parse(row).id;
    },
  };
}
