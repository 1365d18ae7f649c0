import type { SendOutcome } from '../channel';

/** What the gateway says with a status of 4xx. */
export interface SmsRefusal {
  readonly code: number | null;
  readonly message: string;
}

/** The number does not exist, cannot take an SMS, or its owner answered STOP. */
const DEAD_NUMBER = new Set([21211, 21217, 21610, 21614, 30003, 30005, 30006]);
/** Account, sender or password: nothing wrong with the number, so the rows wait until it is mended. */
const OUR_FAULT = new Set([401, 403, 404]);

export function classifyAnswer(
  status: number,
  { code, message }: SmsRefusal,
  afterSeconds?: number,
): SendOutcome {
  const reason = `${status} ${code ?? ''} ${message}`.replace(/\s+/g, ' ').trim();
  if (status === 429 || code === 20429) {
    return { status: 'unreachable', reason, afterSeconds: afterSeconds ?? 5 };
  }
  if (code !== null && DEAD_NUMBER.has(code)) {
    return { status: 'failed', reason, suppress: 'hard-bounce' };
  }
  if (OUR_FAULT.has(status)) return { status: 'unreachable', reason, afterSeconds: 300 };
  if (status === 503) return { status: 'retry', reason };
  // It broke while it worked: nobody knows how far it came.
  return status >= 500 ? { status: 'unknown', reason } : { status: 'failed', reason };
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** No answer: only where no connection came about can the gateway not have it. */
export function classifySilence(error: unknown): SendOutcome {
  const code = codeOf(error);
  const reason = `${code}: ${error instanceof Error ? error.message : String(error)}`;
  return NEVER_CONNECTED.has(code)
    ? { status: 'unreachable', reason }
    : { status: 'unknown', reason };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  const { cause } = error;
  const found = [error, cause].find(
    (one): one is Error & { code: string } =>
      one instanceof Error && 'code' in one && typeof one.code === 'string',
  );
  return found?.code ?? error.name;
}
