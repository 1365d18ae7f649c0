/**
 * How a mail that comes back is told: `<id in base 36>.<retry key>`, in the Message-ID and in the
 * envelope sender. The key is random and known to nobody but the recipient's servers, so whoever
 * shows it has seen the mail; a number alone would let anybody report anybody's address dead.
 */
export interface MessageReference {
  readonly id: number;
  readonly retryKey: string;
}

export const messageReference = ({ id, retryKey }: MessageReference): string =>
  `${id.toString(36)}.${retryKey}`;

const REFERENCE = /\b([0-9a-z]{1,7})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/gi;
const MOST = 20;

/** Every reference in a text, each once, in order. Whether one is ours, only the outbox knows. */
export function referencesIn(text: string): MessageReference[] {
  const found = new Map<string, MessageReference>();
  for (const match of text.matchAll(REFERENCE)) {
    const [whole = '', id = '', retryKey = ''] = match;
    const reference = { id: parseInt(id, 36), retryKey: retryKey.toLowerCase() };
    // Ids are 32-bit in the database; anything larger is somebody's invention.
    if (reference.id <= 0x7fffffff) found.set(whole.toLowerCase(), reference);
    if (found.size === MOST) break;
  }
  return [...found.values()];
}

/** VERP: `bounces@x.jp` becomes `bounces+<reference>@x.jp`, so that even a bare notice names the mail. */
export function returnPathOf(address: string, reference: MessageReference): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${messageReference(reference)}${address.slice(at)}`;
}
