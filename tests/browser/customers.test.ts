/**
 * What people do with customers in the admin all day: describe a group, find and mark people, keep a
 * record, put two records together, bring a file in and take one out. One Strapi and one login.
 */
import { afterAll, beforeAll } from 'vitest';

import { customerSteps } from './customer-steps';
import { fileSteps } from './file-steps';
import { openOffice, type Office } from './office';
import { segmentSteps } from './segment-steps';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

segmentSteps(() => office);
customerSteps(() => office);
fileSteps(() => office);
