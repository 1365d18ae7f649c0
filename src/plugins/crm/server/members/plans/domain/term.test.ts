import { describe, expect, it } from 'vitest';

import { endAt, pause, resume, statusAt, type Term, type TermChange } from './term';

const term = (more: Partial<Term> = {}): Term => ({
  startsAt: 100,
  endsAt: 200,
  pausedAt: null,
  resumesAt: null,
  ...more,
});

const termOf = (change: TermChange): Term => {
  if (!change.ok) throw new Error(change.problem);
  return change.term;
};

describe('a term', () => {
  it.each([
    [99, 'upcoming'],
    [100, 'active'],
    [199, 'active'],
    [200, 'ended'],
  ])('at %i is %s', (now, status) => {
    expect(statusAt(term(), now)).toBe(status);
  });

  it('never ends when it is open', () => {
    expect(statusAt(term({ endsAt: null }), Number.MAX_SAFE_INTEGER)).toBe('active');
  });

  it('does not lose the time of an open pause', () => {
    const paused = termOf(pause(term(), 150, null));
    expect(statusAt(paused, 151)).toBe('paused');
    // Longer than what was left: it is still only paused.
    expect(statusAt(paused, 500)).toBe('paused');
    const resumed = termOf(resume(paused, 500));
    expect(resumed).toEqual(term({ endsAt: 550 }));
    expect(statusAt(resumed, 549)).toBe('active');
    expect(statusAt(resumed, 550)).toBe('ended');
  });

  it('resumes by itself at the stored instant', () => {
    const paused = termOf(pause(term(), 150, 180));
    expect(paused.endsAt).toBe(230);
    expect(statusAt(paused, 179)).toBe('paused');
    expect(statusAt(paused, 180)).toBe('active');
    expect(statusAt(paused, 229)).toBe('active');
    expect(statusAt(paused, 230)).toBe('ended');
  });

  it('gives back what was planned when it resumes early', () => {
    const paused = termOf(pause(term(), 150, 180));
    expect(termOf(resume(paused, 160)).endsAt).toBe(210);
  });

  it('pauses again after a pause that ended by itself', () => {
    const paused = termOf(pause(term(), 110, 120));
    expect(termOf(pause(paused, 130, 140))).toEqual(
      term({ pausedAt: 130, resumesAt: 140, endsAt: 220 }),
    );
  });

  it('ends now, later, or not at all', () => {
    expect(statusAt(termOf(endAt(term(), 150, 150)), 150)).toBe('ended');
    expect(termOf(endAt(term(), 150, 900)).endsAt).toBe(900);
    expect(termOf(endAt(term(), 150, null)).endsAt).toBeNull();
    const paused = termOf(pause(term(), 150, null));
    expect(statusAt(termOf(endAt(paused, 160, 160)), 160)).toBe('ended');
  });

  it('refuses what makes no sense', () => {
    expect(pause(term(), 50, null)).toEqual({ ok: false, problem: 'plan-not-running' });
    expect(pause(term(), 200, null)).toEqual({ ok: false, problem: 'plan-not-running' });
    expect(pause(term(), 150, 150)).toEqual({ ok: false, problem: 'plan-end-past' });
    expect(resume(term(), 150)).toEqual({ ok: false, problem: 'plan-not-paused' });
    expect(endAt(term(), 200, 300)).toEqual({ ok: false, problem: 'plan-over' });
    expect(endAt(term(), 150, 140)).toEqual({ ok: false, problem: 'plan-end-past' });
    expect(endAt(term(), 50, 90)).toEqual({ ok: false, problem: 'plan-end-past' });
  });
});
