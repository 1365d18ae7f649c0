/**
 * Domains that nobody can register (RFC 2606, RFC 6761; JPRS for `example.jp`): a trial installation
 * sends from such a one, and no receiver ever looks it up.
 */
const RESERVED =
  /(?:^|\.)(?:test|example|invalid|localhost|local|example\.(?:com|net|org|jp|co\.jp))$/;

/** `domain`: of a mail address, in any case. */
export const isReservedDomain = (domain: string): boolean => RESERVED.test(domain.toLowerCase());
