import { isFetchError } from '@strapi/strapi/admin';
import { z } from 'zod';

/** What a page needs to know about a call that did not work, already in the reader's language. */
export interface CrmError {
  readonly status: number;
  /** Stable code of a refusal (`segments.rule-invalid`), or `network` / `server`. */
  readonly code: string;
  readonly message: string;
  /** Message by dotted field path, for `<Field.Root error={…}>`. */
  readonly fields: Readonly<Record<string, string>>;
}

const refusalSchema = z.object({
  error: z.object({
    status: z.number(),
    code: z.string().optional(),
    message: z.string(),
    details: z
      .object({ fields: z.array(z.object({ path: z.string(), message: z.string() })).optional() })
      .optional(),
  }),
});

interface Fallback {
  readonly network: string;
  readonly server: string;
}

/** A refusal of ours or an error of Strapi's, which both answer in the same shape. */
function refusalOf(answer: unknown, fallback: Fallback): CrmError | null {
  const parsed = refusalSchema.safeParse(answer);
  if (!parsed.success) return null;
  const { status, code = 'server', message, details } = parsed.data.error;
  if (status >= 500) return { status, code: 'server', message: fallback.server, fields: {} };
  const fields = details?.fields ?? [];
  return {
    status,
    code,
    message,
    fields: Object.fromEntries(fields.map((field) => [field.path, field.message])),
  };
}

/** `null` when the call was only cancelled (the page was left). */
export function crmErrorOf(error: unknown, fallback: Fallback): CrmError | null {
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  if (isFetchError(error)) {
    const status = error.status ?? 500;
    const unknown = { status, code: 'server', message: fallback.server, fields: {} };
    return refusalOf(error.response?.data, fallback) ?? unknown;
  }
  // `fetch` throws a TypeError when no answer came; anything else is an answer off its contract.
  return error instanceof TypeError
    ? { status: 0, code: 'network', message: fallback.network, fields: {} }
    : { status: 0, code: 'server', message: fallback.server, fields: {} };
}
