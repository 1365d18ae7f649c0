/**
 * One message, several servers. The next one takes over only where it is certain that the one before
 * has not got it: it answered with a refusal for now, or no content was on its way. What was cut off
 * after DATA is `unknown`, and no server is tried any more.
 */
import type { SendOutcome } from '../channel';

import type { MailServer } from './servers';

/** What a server answered, and whether the fault is its own or the recipient's. */
export interface Attempt {
  readonly outcome: SendOutcome;
  readonly isServersFault: boolean;
  /** The row is another worker's by now: nobody of ours goes on. */
  readonly isWithdrawn: boolean;
}

export interface Failover {
  now(): number;
  send(server: MailServer): Promise<Attempt>;
  /** For the health page: how the server did. */
  note(server: MailServer, problem: string | null): void;
}

/** Also where a server's rate is used up: it takes mail, and only later. The next is for outages. */
const isOver = ({ status }: SendOutcome): boolean =>
  status === 'accepted' || status === 'failed' || status === 'unknown' || status === 'later';

/** A refusal of one recipient for now is no reason for the whole queue to rest. */
const gentler = (one: SendOutcome | null, other: SendOutcome): SendOutcome =>
  one?.status === 'retry' ? one : other;

function rested(servers: readonly MailServer[], now: number): SendOutcome {
  const ends = servers.map(({ circuit }) => circuit.restsUntil(now) ?? now);
  const afterSeconds = Math.max(1, Math.ceil((Math.min(...ends) - now) / 1000));
  return { status: 'unreachable', reason: 'no mail server takes mail now', afterSeconds };
}

function settle(server: MailServer, { outcome, isServersFault }: Attempt, failover: Failover) {
  const { circuit } = server;
  if (isServersFault) {
    circuit.failed(failover.now());
    failover.note(server, 'reason' in outcome ? outcome.reason : '');
  } else if (outcome.status === 'accepted') {
    circuit.succeeded();
    failover.note(server, null);
  } else {
    circuit.undecided();
  }
}

export async function sendByFirst(
  servers: readonly MailServer[],
  failover: Failover,
): Promise<SendOutcome> {
  if (servers.length === 0) {
    return {
      status: 'unreachable',
      reason: 'no mail server is for this stream',
      afterSeconds: 300,
    };
  }
  let last: SendOutcome | null = null;
  for (const server of servers) {
    // Alone it is always asked: the outbox rests by itself, and nobody else could take over.
    if (servers.length > 1 && !server.circuit.begin(failover.now())) continue;
    const attempt = await failover.send(server);
    settle(server, attempt, failover);
    const outcome = named(server, servers, attempt.outcome);
    if (attempt.isWithdrawn || isOver(outcome)) return outcome;
    last = gentler(last, outcome);
  }
  return last ?? rested(servers, failover.now());
}

/** Whoever looks a message up has to know in whose log. */
function named(
  { key }: MailServer,
  servers: readonly MailServer[],
  outcome: SendOutcome,
): SendOutcome {
  if (servers.length === 1 || !('reason' in outcome)) return outcome;
  return { ...outcome, reason: `${key}: ${outcome.reason}` };
}
