import { describe, expect, it } from 'vitest';

import { CALM_MS, planIncidents, worst, type OpenIncident } from './incidents';
import { lengthOfTime } from './length-of-time';

const NOW = 1_000_000_000;
const red = (key: string) => ({ key, state: 'red' as const });
const open = (id: number, key: string, calmSince: number | null = null): OpenIncident => ({
  id,
  key,
  calmSince,
});
const nothing = { begin: [], relapsed: [], calmed: [], over: [] };

describe('incidents', () => {
  it('begin with red, not with yellow', () => {
    const found = [red('queue'), { key: 'quota', state: 'yellow' as const }];
    expect(planIncidents([], found, NOW)).toEqual({ ...nothing, begin: [red('queue')] });
  });

  it('begin once', () => {
    expect(planIncidents([open(1, 'queue')], [red('queue')], NOW)).toEqual(nothing);
  });

  it('are over when it has been calm long enough, and not before', () => {
    const found = [{ key: 'queue', state: 'yellow' as const }];
    expect(planIncidents([open(1, 'queue')], found, NOW)).toEqual({ ...nothing, calmed: [1] });
    const calm = [open(1, 'queue', NOW)];
    expect(planIncidents(calm, found, NOW + CALM_MS - 1)).toEqual(nothing);
    expect(planIncidents(calm, found, NOW + CALM_MS)).toEqual({ ...nothing, over: [1] });
  });

  it('stay one when it turns red again in between', () => {
    const plan = planIncidents([open(1, 'queue', NOW - 1)], [red('queue')], NOW);
    expect(plan).toEqual({ ...nothing, relapsed: [1] });
  });

  it('end for what is not looked at any more', () => {
    const plan = planIncidents([open(1, 'gone', NOW - CALM_MS)], [], NOW);
    expect(plan).toEqual({ ...nothing, over: [1] });
  });
});

it('the worst counts', () => {
  expect([worst([]), worst(['green', 'yellow']), worst(['yellow', 'red', 'green'])]).toEqual([
    'green',
    'yellow',
    'red',
  ]);
});

it('says a length of time as one reads it', () => {
  const said = [90_000, 59_999, 3 * 3_600_000].map((ms) => [
    lengthOfTime(ms, 'ja'),
    lengthOfTime(ms, 'en'),
  ]);
  expect(said).toEqual([
    ['1分', '1 minute'],
    ['59秒', '59 seconds'],
    ['3時間', '3 hours'],
  ]);
});
