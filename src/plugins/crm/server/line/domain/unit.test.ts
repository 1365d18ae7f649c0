import { describe, expect, it } from 'vitest';

import { countedSince, daysToAsk, unitOfCampaign } from './unit';

const at = (iso: string) => Date.parse(iso);

describe('an aggregation unit', () => {
  it('has a name that LINE takes, however many campaigns there were', () => {
    expect(unitOfCampaign(Number.MAX_SAFE_INTEGER)).toMatch(/^[a-zA-Z0-9_]{1,30}$/);
  });

  it('is asked for by the days of Japan', () => {
    // Half past eight in the morning of the second, in Tokyo.
    const sent = at('2026-11-01T23:30:00Z');
    expect(daysToAsk(sent, sent)).toEqual({ from: '20261102', to: '20261102' });
    expect(daysToAsk(sent, at('2026-11-02T14:59:00Z')).to).toBe('20261102');
    expect(daysToAsk(sent, at('2026-11-02T15:00:00Z')).to).toBe('20261103');
  });

  it('is asked for up to the day from which LINE counts no more', () => {
    const sent = at('2026-11-02T03:00:00Z');
    expect(daysToAsk(sent, at('2027-01-01T00:00:00Z')).to).toBe('20261117');
    expect(countedSince(at('2026-11-18T03:00:00Z'))).toBe(sent);
  });
});
