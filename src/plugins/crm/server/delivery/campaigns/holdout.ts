/** Who was held out beside who was sent to: what the campaign itself brought about. */
import type { Core } from '@strapi/strapi';

import type { CampaignReport } from '../../../shared/delivery';
import { database, heavyRead } from '../../kernel';

import type { CampaignRecord } from '../store/campaigns';
import { peopleSent, peopleHeld, ordersAfter } from '../store/holdout';

type Compared = NonNullable<CampaignReport['holdout']>['sent'];

export async function holdoutReport(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<CampaignReport['holdout']> {
  if (campaign.holdoutPercent === 0 || campaign.startedAt === null) return null;
  const db = database(strapi);
  const compared = async (group: ReturnType<typeof peopleSent>): Promise<Compared> => {
    const [row] = await heavyRead<Record<keyof Compared, number | string | null>>(
      strapi,
      ordersAfter(db, group, campaign.startedAt ?? 0),
    );
    const { people, buyers, amount } = row ?? { people: 0, buyers: 0, amount: 0 };
    return { people: Number(people), buyers: Number(buyers), amount: Number(amount ?? 0) };
  };
  return {
    sent: await compared(peopleSent(db, campaign.id)),
    held: await compared(peopleHeld(db, campaign.id)),
  };
}
