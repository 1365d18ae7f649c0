/**
 * From when to when a plan is held. Everything is decided from stored instants and the time of the
 * question, so nothing has to run when a plan begins, pauses or ends.
 */
import type { MembershipStatus } from '../../../../shared/plans';

export interface Term {
  readonly startsAt: number;
  /** The first instant without access; null: open. */
  readonly endsAt: number | null;
  readonly pausedAt: number | null;
  /** When the pause ends by itself; null with `pausedAt`: when somebody resumes it. */
  readonly resumesAt: number | null;
}

export type TermProblem = 'plan-not-running' | 'plan-not-paused' | 'plan-over' | 'plan-end-past';

export type TermChange =
  | { readonly ok: true; readonly term: Term }
  | { readonly ok: false; readonly problem: TermProblem };

const isPaused = ({ pausedAt, resumesAt }: Term, now: number): boolean =>
  pausedAt !== null && pausedAt <= now && (resumesAt === null || now < resumesAt);

export function statusAt(term: Term, now: number): MembershipStatus {
  // An open pause holds the clock, so the end that is stored does not come while it lasts.
  const held = isPaused(term, now) && term.resumesAt === null;
  if (!held && term.endsAt !== null && term.endsAt <= now) return 'ended';
  if (isPaused(term, now)) return 'paused';
  return now < term.startsAt ? 'upcoming' : 'active';
}

const later = (instant: number | null, milliseconds: number): number | null =>
  instant === null ? null : instant + milliseconds;

const changed = (term: Term): TermChange => ({ ok: true, term });
const wrong = (problem: TermProblem): TermChange => ({ ok: false, problem });

/** The time of a pause is not lost: the end moves by as much. */
export function pause(term: Term, now: number, resumesAt: number | null): TermChange {
  if (statusAt(term, now) !== 'active') return wrong('plan-not-running');
  if (resumesAt !== null && resumesAt <= now) return wrong('plan-end-past');
  const endsAt = resumesAt === null ? term.endsAt : later(term.endsAt, resumesAt - now);
  return changed({ ...term, pausedAt: now, resumesAt, endsAt });
}

export function resume(term: Term, now: number): TermChange {
  const { pausedAt, resumesAt, endsAt } = term;
  if (statusAt(term, now) !== 'paused' || pausedAt === null) return wrong('plan-not-paused');
  // A planned pause has already moved the end; what is left of it is taken back.
  const moved = resumesAt === null ? now - pausedAt : now - resumesAt;
  return changed({ ...term, pausedAt: null, resumesAt: null, endsAt: later(endsAt, moved) });
}

/** Sets the end, also of a plan that has not begun. `endsAt` null: open again. */
export function endAt(term: Term, now: number, endsAt: number | null): TermChange {
  const status = statusAt(term, now);
  if (status === 'ended') return wrong('plan-over');
  if (endsAt !== null && endsAt < now) return wrong('plan-end-past');
  if (endsAt === now) return changed({ ...term, endsAt, pausedAt: null, resumesAt: null });
  if (endsAt !== null && endsAt <= term.startsAt) return wrong('plan-end-past');
  return changed({ ...term, endsAt });
}
