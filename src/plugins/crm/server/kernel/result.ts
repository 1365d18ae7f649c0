/**
 * Expected refusals are values, bugs throw. A refusal has three readers: `code` for the calling
 * code (stable), the translated message for the user (key = code), the log for the developer.
 */
export interface FieldIssue {
  /** Dotted path of the input field, for example `email` or `rows.3.postalCode`. */
  readonly path: string;
  readonly code: string;
  /** Already in the reader's language. */
  readonly message: string;
}

export interface Refusal {
  /** Stable, dotted by feature: `members.email-taken`. Also the key of its translation. */
  readonly code: string;
  /** HTTP status that tells the same. */
  readonly status: number;
  /** Values put into the translated message. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly fields?: readonly FieldIssue[];
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (
  code: string,
  status: number,
  more: Pick<Refusal, 'params' | 'fields'> = {},
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, status, ...more },
});
