/** The fields of RFC 3464 (delivery status) and RFC 5965 (feedback reports): groups of `Name: value`. */
export type FieldGroup = ReadonlyMap<string, string>;

/** Groups stand apart by empty lines; a line that begins with a space goes on with the one before. */
export function fieldGroups(text: string): FieldGroup[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const colon = line.indexOf(':');
        if (colon < 1) continue;
        const name = line.slice(0, colon).trim().toLowerCase();
        if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

export interface RecipientStatus {
  readonly address: string | null;
  readonly action: string;
  readonly status: string | null;
  readonly diagnostic: string;
}

/** One entry per recipient; the group about the whole message names none and is left out. */
export function recipientStatuses(text: string): RecipientStatus[] {
  return fieldGroups(text)
    .filter((fields) => fields.has('action') || fields.has('final-recipient'))
    .map((fields) => ({
      address: addressOf(fields.get('original-recipient') ?? fields.get('final-recipient')),
      action: (fields.get('action') ?? 'failed').toLowerCase().split(/\s/)[0] ?? 'failed',
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null,
      diagnostic: (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, ''),
    }));
}

/** `rfc822; <a@b>` or `a@b`. */
function addressOf(field: string | undefined): string | null {
  const address = field
    ?.replace(/^[\w-]+\s*;\s*/, '')
    .replace(/[<>]/g, '')
    .trim();
  return address?.includes('@') ? address : null;
}
