/**
 * Push and multicast, past the SDK: its `fetch` takes longer over a message than everything else
 * that happens to the message (`bench/line-push`; docs/decisions/0010).
 */
import { Pool } from 'undici';
import { z } from 'zod';

/** What LINE answered when it did not take the messages. */
export class RefusedByLine extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly acceptedRequestId: string | null,
  ) {
    super(`LINE answered ${status}`);
  }
}

export type MessageCall = 'push' | 'multicast';

const acceptedSchema = z.object({
  sentMessages: z.array(z.object({ id: z.string() })).optional(),
});
export type Accepted = z.output<typeof acceptedSchema>;

export interface MessageCalls {
  /**
   * Rejects with `RefusedByLine`, or with undici's error where there was no answer.
   * `retryKey`: a UUID; LINE takes a second call with it for the first.
   */
  call(kind: MessageCall, token: string, request: object, retryKey: string): Promise<Accepted>;
}

const headerOf = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

/** Connections are kept, and are as many as there are calls under way. */
export function messageCalls(apiOrigin: string, timeoutMs: number): MessageCalls {
  const timeouts = {
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  };
  const pool = new Pool(apiOrigin, timeouts);
  return {
    async call(kind, token, request, retryKey) {
      const { statusCode, headers, body } = await pool.request({
        method: 'POST',
        path: `/v2/bot/message/${kind}`,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-line-retry-key': retryKey,
        },
        body: JSON.stringify(request),
      });
      const text = await body.text();
      if (statusCode === 200) return acceptedSchema.parse(text ? JSON.parse(text) : {});
      throw new RefusedByLine(statusCode, text, headerOf(headers['x-line-accepted-request-id']));
    },
  };
}
