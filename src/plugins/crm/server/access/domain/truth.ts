/** Three-valued: a fact that is not known is neither true nor false, so nothing opens by ignorance. */
export type Truth = true | false | undefined;

export function all(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

export function any(parts: readonly Truth[]): Truth {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}

export const negate = (part: Truth): Truth => (part === undefined ? undefined : !part);
