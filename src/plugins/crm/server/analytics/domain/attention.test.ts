import { describe, expect, it } from 'vitest';

import { attentionOf, type AttentionFacts } from './attention';

const calm: AttentionFacts = {
  unknownMessages: 0,
  failedMessages: 0,
  awaitingCampaigns: 0,
  pausedCampaigns: 0,
  draftCampaigns: 0,
  lateLineEvents: 0,
  deadLineEvents: 0,
  deadDeliveries: 0,
  lineQuota: null,
};
const kinds = (facts: Partial<AttentionFacts>) =>
  attentionOf({ ...calm, ...facts }).map(({ kind, count }) => `${kind} ${count}`);

describe('what needs attention', () => {
  it('is nothing on a calm day', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ lineQuota: { left: 20, limit: 100 } })).toEqual([]);
  });

  it('is what is lost before what waits', () => {
    const waiting = { draftCampaigns: 2, pausedCampaigns: 1, awaitingCampaigns: 4 };
    expect(kinds({ ...waiting, unknownMessages: 3 })).toEqual([
      'unknown-messages 3',
      'awaiting-campaigns 4',
      'paused-campaigns 1',
      'draft-campaigns 2',
    ]);
  });

  it('is a quota of which less than a fifth is left, also when nothing is left', () => {
    expect(kinds({ lineQuota: { left: 19, limit: 100 } })).toEqual(['line-quota-low 19']);
    expect(kinds({ lineQuota: { left: 0, limit: 100 } })).toEqual(['line-quota-low 0']);
  });
});
