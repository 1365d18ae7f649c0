import type { SendOutcome } from '../channel';

/** What nodemailer's connection says beside the message. */
interface SmtpError {
  readonly message: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** Server replies that mean the address does not exist: nothing is to be sent there again. */
const DEAD_ADDRESS = /\b5\.1\.(?:1|2|3|6|10)\b|user unknown|no such (?:user|mailbox)|unknown user/i;

/**
 * `dataStarted`: the server had said 354 and content was on its way, so without a reply nobody
 * knows whether it was taken.
 */
export function classify(error: SmtpError, dataStarted: boolean): SendOutcome {
  const { responseCode } = error;
  const reason = describe(error);
  if (responseCode === undefined) {
    return dataStarted ? { status: 'unknown', reason } : { status: 'unreachable', reason };
  }
  if (refusesUs(error, responseCode)) return { status: 'unreachable', reason, afterSeconds: 300 };
  if (responseCode < 500) {
    return error.command === 'CONN'
      ? { status: 'unreachable', reason }
      : { status: 'retry', reason };
  }
  return isDeadAddress(error, responseCode)
    ? { status: 'failed', reason, suppress: 'hard-bounce' }
    : { status: 'failed', reason };
}

/**
 * True: the server itself does not work or does not want us, so that the next message would fare no
 * better. False: it is about this recipient or this mail.
 */
export function isServersFault(error: SmtpError): boolean {
  const { responseCode } = error;
  if (responseCode === undefined || responseCode === 421) return true;
  if (refusesUs(error, responseCode)) return true;
  return responseCode < 500 && (error.command === 'CONN' || error.command === 'MAIL FROM');
}

/** A setting is wrong (password, sender, IP), not the recipient: rows wait until it is mended. */
function refusesUs(error: SmtpError, responseCode: number): boolean {
  if (error.code === 'EAUTH') return true;
  if (responseCode < 500) return false;
  return error.command === 'CONN' || (error.command === 'MAIL FROM' && responseCode !== 552);
}

/** 5.7.x is policy and 5.2.x a full or blocked mailbox: the address lives. */
function isDeadAddress(error: SmtpError, responseCode: number): boolean {
  const response = error.response ?? '';
  if (/\b5\.[27]\.\d+/.test(response)) return false;
  // docomo says "Unknown user" after the mail where its owner takes none from us: she is there.
  if (error.command === 'DATA' && /\bdocomo\.ne\.jp\b/i.test(response)) return false;
  if (DEAD_ADDRESS.test(response)) return true;
  return error.command === 'RCPT TO' && [550, 551, 553].includes(responseCode);
}

const describe = (error: SmtpError): string =>
  (error.response ?? `${error.code ?? 'error'}: ${error.message}`).trim();
