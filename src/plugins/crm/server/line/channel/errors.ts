import type { SendOutcome } from '../../delivery';
import { describeProblem, type LineProblem } from '../domain/api-error';

/** The month is over at the earliest in hours; asking again sooner only costs calls. */
const QUOTA_REST_SECONDS = 3600;
const UNAUTHORISED_REST_SECONDS = 300;
const RATE_REST_SECONDS = 5;

type OutcomeOf = (reason: string) => SendOutcome;

/** What the outbox does about each problem. */
const OUTCOMES: Readonly<Record<LineProblem['kind'], OutcomeOf>> = {
  // With the same retry key the next attempt is the same message.
  timeout: (reason) => ({ status: 'retry', reason }),
  server: (reason) => ({ status: 'retry', reason }),
  unreachable: (reason) => ({ status: 'unreachable', reason }),
  'rate-limit': (reason) => ({
    status: 'unreachable',
    reason,
    afterSeconds: RATE_REST_SECONDS,
  }),
  'monthly-limit': (reason) => ({
    status: 'unreachable',
    reason,
    afterSeconds: QUOTA_REST_SECONDS,
  }),
  unauthorized: (reason) => ({
    status: 'unreachable',
    reason,
    afterSeconds: UNAUTHORISED_REST_SECONDS,
  }),
  forbidden: (reason) => ({
    status: 'unreachable',
    reason,
    afterSeconds: UNAUTHORISED_REST_SECONDS,
  }),
  'already-accepted': () => ({ status: 'accepted' }),
  'not-found': (reason) => ({ status: 'failed', reason }),
  invalid: (reason) => ({ status: 'failed', reason }),
};

export const classify = (problem: LineProblem): SendOutcome =>
  OUTCOMES[problem.kind](describeProblem(problem));
