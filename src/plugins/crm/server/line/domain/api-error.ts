/** What went wrong in a call to LINE, told apart by what can be done about it. */
export type LineProblem =
  /** Never answered: the call may or may not have been done. The retry key makes it safe to repeat. */
  | { readonly kind: 'timeout' }
  /** Nobody is there (refused, DNS, reset before an answer). */
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'server'; readonly status: number }
  /** 409: an earlier call with this retry key was accepted. Success. */
  | {
      readonly kind: 'already-accepted';
      readonly requestId: string | null;
      readonly messageIds: readonly string[];
    }
  /** 429, too fast: later. */
  | { readonly kind: 'rate-limit' }
  /** 429, the month's messages are used up: stop, tell the operator. */
  | { readonly kind: 'monthly-limit' }
  /** 401: the token; no message will go until somebody mends it. */
  | { readonly kind: 'unauthorized'; readonly reason: string }
  /** 403: the plan or kind of the account does not allow it; another token would not help. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'not-found' }
  /** LINE refuses this very request. */
  | { readonly kind: 'invalid'; readonly reason: string };

export interface LineErrorAnswer {
  readonly status: number;
  readonly body: string;
  readonly acceptedRequestId: string | null;
}

interface ErrorBody {
  readonly message: string;
  readonly details: string;
  readonly messageIds: string[];
}

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

function readBody(body: string): ErrorBody {
  let parsed: Record<string, unknown> = {};
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) parsed = { ...json };
  } catch {
    // An answer from something between us and LINE: not JSON, said as it is.
    return { message: body.slice(0, 200), details: '', messageIds: [] };
  }
  const details = listOf(parsed.details).map(
    (detail) => `${String(detail.property ?? '')}: ${String(detail.message ?? '')}`,
  );
  return {
    message: String(parsed.message ?? ''),
    details: details.join('; '),
    messageIds: listOf(parsed.sentMessages).map((message) => String(message.id)),
  };
}

/** The two kinds of 429 differ only in their text. */
const isMonthly = (message: string): boolean => message.includes('monthly limit');

export function problemOf(answer: LineErrorAnswer): LineProblem {
  const { status, acceptedRequestId } = answer;
  const { message, details, messageIds } = readBody(answer.body);
  const reason = details ? `${message} (${details})` : message || `HTTP ${status}`;
  if (status >= 500) return { kind: 'server', status };
  if (status === 409) {
    return { kind: 'already-accepted', requestId: acceptedRequestId, messageIds };
  }
  if (status === 429) return { kind: isMonthly(message) ? 'monthly-limit' : 'rate-limit' };
  if (status === 401) return { kind: 'unauthorized', reason };
  if (status === 403) return { kind: 'forbidden', reason };
  if (status === 404) return { kind: 'not-found' };
  return { kind: 'invalid', reason };
}

/** Worth the same call again, with the same retry key. */
export const isTransient = (problem: LineProblem): boolean =>
  problem.kind === 'timeout' || problem.kind === 'server' || problem.kind === 'unreachable';

/** For logs and the outbox. */
export function describeProblem(problem: LineProblem): string {
  if ('reason' in problem) return `${problem.kind}: ${problem.reason}`;
  return 'status' in problem ? `${problem.kind}: HTTP ${problem.status}` : problem.kind;
}

/** A multicast that was refused for one of its people: `The property, to[3], … is invalid`. */
export const namesRecipient = (reason: string): boolean => /\bto\[\d+\]/.test(reason);
