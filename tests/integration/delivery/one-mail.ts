/** A campaign to one person, read as her mail program reads it, and her browser. */
import { createPeople, type CampaignLab } from '../../support/campaign';
import { kernel } from '../../support/crm';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1';

export interface Sent {
  readonly campaign: string;
  readonly customerId: number;
  readonly clicks: readonly string[];
  readonly pixel: string;
  readonly unsubscribe: string;
}

const pathOf = (url: string | undefined): string => new URL(url ?? '').pathname;

export async function sendToOne(lab: CampaignLab): Promise<Sent> {
  const [customerId = 0] = await createPeople(lab.app, [
    { familyName: '佐藤', email: 'sato@example.jp', consent: true },
  ]);
  const campaign = await lab.createCampaign();
  await lab.admin.post(`/crm/campaigns/${campaign}/send`);
  await lab.drain();
  const mail = await lab.smtp.mails[0]?.parse();
  const html = mail?.html ?? '';
  const header = mail?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  return {
    campaign,
    customerId,
    clicks: [...new Set(html.match(/https?:\/\/[^"' ]+\/r\/[\w.-]+/g) ?? [])].map(pathOf),
    pixel: pathOf(/https?:\/\/[^"' ]+\/o\/[\w.-]+\.gif/.exec(html)?.[0]),
    unsubscribe: pathOf(header.replace(/[<>]/g, '')),
  };
}

/** What her telephone does in one lab. */
export const herBrowser = (lab: () => CampaignLab) => ({
  fetchAs: (path: string, init: RequestInit & { agent?: string } = {}) =>
    fetch(`${lab().app.origin}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { 'user-agent': init.agent ?? PHONE, ...init.headers },
    }),
  later: (milliseconds: number) => kernel().clock(lab().app.strapi).advance(milliseconds),
});

interface Report {
  data: {
    counts: Record<string, number>;
    links: { url: string; people: number; machines: number }[];
  };
}

/** What the report of a campaign says. */
export const reportOf = async (lab: CampaignLab, id: string): Promise<Report['data']> =>
  ((await lab.admin.get(`/crm/campaigns/${id}/report`)).body as Report).data;
