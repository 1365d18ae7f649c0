/** One batch: every call in it judged alone. Pure. */
import {
  MAX_CALL_BYTES,
  trackingCallSchema,
  TRACKING_CALLS,
  type TrackingCall,
} from '../../../shared/tracking';

export type RefusedBecause = 'invalid' | 'too-large';

export interface RefusedCall {
  /** Its place in the batch. */
  readonly index: number;
  readonly messageId: string | null;
  readonly because: RefusedBecause;
}

export interface Judged {
  readonly calls: readonly TrackingCall[];
  readonly refused: readonly RefusedCall[];
}

export interface Frame {
  /** Bytes of the whole body: below the limit of one call nothing in it needs measuring. */
  readonly bytes: number;
  /** Of the whole batch; a call's own context goes first. */
  readonly userAgent?: string;
  /** How many calls of the batch were judged before. */
  readonly judged?: number;
}

/** What cannot even be written, nested without end, is too large as well. */
function isTooLarge(given: unknown, bytes: number): boolean {
  if (bytes <= MAX_CALL_BYTES) return false;
  try {
    return Buffer.byteLength(JSON.stringify(given) ?? '') > MAX_CALL_BYTES;
  } catch {
    return true;
  }
}

function messageIdOf(given: unknown): string | null {
  if (typeof given !== 'object' || given === null || !('messageId' in given)) return null;
  return typeof given.messageId === 'string' ? given.messageId.slice(0, 100) : null;
}

export function judgeBatch(batch: readonly unknown[], frame: Frame): Judged {
  const { bytes, userAgent, judged = 0 } = frame;
  const calls: TrackingCall[] = [];
  const refused: RefusedCall[] = [];
  batch.forEach((given, index) => {
    const refuse = (because: RefusedBecause) =>
      refused.push({ index: judged + index, messageId: messageIdOf(given), because });
    if (isTooLarge(given, bytes)) return refuse('too-large');
    const parsed = trackingCallSchema.safeParse(given);
    if (!parsed.success) return refuse('invalid');
    const call = parsed.data;
    const context = call.context?.userAgent || !userAgent ? call.context : { userAgent };
    return calls.push({ ...call, context });
  });
  return { calls, refused };
}

export const isTrackingCall = (name: string): name is TrackingCall['type'] =>
  TRACKING_CALLS.some((call) => call === name);
