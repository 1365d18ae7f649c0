/**
 * What people click where mail and LINE are worked on, in one house: a conversation, the account's
 * own answers and menu, a coupon, then a campaign from its entry to its report, and what one who got
 * it wishes to get from now on. In order: the first who writes is the one whom the campaign reaches.
 */
import { afterAll, beforeAll } from 'vitest';

import { campaignStory } from './campaign-life';
import { conversation } from './conversation';
import { openHouse, type House } from './house';
import { lineAccount } from './line-account';
import { wishes } from './wishes';

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 600_000);

afterAll(() => house.end());

conversation(() => house);
lineAccount(() => house);
campaignStory(() => house);
wishes(() => house);
