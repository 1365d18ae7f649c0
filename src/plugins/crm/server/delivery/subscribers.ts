import { subscribeTogether } from '../kernel';
import { segmentsService } from '../segments';

import { campaignSent } from './index';

/** Who has received a campaign is known when it is out: too many people to name them one by one. */
export const engagementSubscribers = [
  subscribeTogether(campaignSent, 'delivery.segments-after-campaign', ({ strapi }) =>
    segmentsService(strapi).refreshReading(['messages']),
  ),
];
