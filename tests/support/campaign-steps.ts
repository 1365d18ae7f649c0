/** What tests of a campaign's life do again and again, on one lab. */
import type { AdminClient } from './admin';
import {
  approveCampaign,
  createPeople,
  type AdminAnswerBody as Answer,
  type CampaignLab,
} from './campaign';
import { kernel } from './crm';

export const codeOf = (answer: { body: unknown }) => (answer.body as Answer).error.code;
export const dataOf = (answer: { body: unknown }) => (answer.body as Answer).data;

/** The lab of the running file, which does not exist before its `beforeAll`. */
export function campaignSteps(lab: () => CampaignLab) {
  const clock = () => kernel().clock(lab().app.strapi);
  let born = 0;
  const steps = {
    clock,
    /** Campaigns whose time has come begin, and everything due is sent. */
    async tick() {
      await kernel().jobs(lab().app.strapi).fire('delivery.campaign-sweep');
      await lab().drain();
    },
    rules: (more: object) => lab().admin.put('/crm/sending-rules', more),
    /** Opted in by e-mail, each with an address nobody had before. */
    people: (count: number) =>
      createPeople(
        lab().app,
        Array.from({ length: count }, () => ({
          familyName: '人',
          email: `p${(born += 1)}@example.jp`,
          consent: true,
        })),
      ),
    act: (id: string, action: string, body: object = {}, as: AdminClient = lab().admin) =>
      as.post(`/crm/campaigns/${id}/${action}`, body),
    /** Agrees to what her screen shows. */
    approve: (id: string, as: AdminClient = lab().admin) => approveCampaign(lab(), id, as),
    /** A new campaign, sent at once. */
    async send(more: object = {}, article?: string): Promise<string> {
      const id = await lab().createCampaign(more, article);
      const answer = await steps.act(id, 'send');
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      await steps.tick();
      return id;
    },
    statusOf: async (id: string) => (await lab().find(id)).status,
    reportOf: async (id: string) => dataOf(await lab().admin.get(`/crm/campaigns/${id}/report`)),
  };
  return steps;
}
