/** Reads a folder over IMAP, from where it was left. It changes nothing there: people read it too. */
import { ImapFlow } from 'imapflow';

import type { CrmConfig } from '../../../kernel';

export type MailboxConfig = NonNullable<CrmConfig['email']['feedback']['mailbox']>;

export interface MailboxMail {
  readonly uid: number;
  readonly source: Uint8Array;
}

const MOST = 200;
/** A bounce quotes what it returns; what identifies it stands in the beginning. */
const MOST_BYTES = 512 * 1024;
const TIMEOUT_MS = 20_000;

const isHere = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host);

function client({ host, port, secure, user, password }: MailboxConfig): ImapFlow {
  return new ImapFlow({
    host,
    port,
    secure,
    // Without TLS from the start it has to begin before the password is told.
    ...(secure || isHere(host) ? {} : { doSTARTTLS: true }),
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
}

/**
 * Hands over every mail after `lastUid` (all of them when the folder's numbering began anew) and
 * answers where it came to. Throws when the server cannot be reached or refuses.
 */
export async function readMailbox(
  config: MailboxConfig,
  from: { uidValidity: string; lastUid: number } | null,
  take: (mail: MailboxMail) => Promise<void>,
): Promise<{ uidValidity: string; lastUid: number }> {
  const imap = client(config);
  // Errors of the socket also reach the call that is waiting; unheard they would end the process.
  imap.on('error', () => undefined);
  await imap.connect();
  try {
    const mailbox = await imap.mailboxOpen(config.folder, { readOnly: true });
    const uidValidity = String(mailbox.uidValidity);
    let lastUid = from?.uidValidity === uidValidity ? from.lastUid : 0;
    const found =
      mailbox.exists > 0 ? await imap.search({ uid: `${lastUid + 1}:*` }, { uid: true }) : [];
    // "n:*" always names the last mail, also when it is older than n.
    const uids = (found || []).filter((uid) => uid > lastUid).sort((a, b) => a - b);
    for (const uid of uids.slice(0, MOST)) {
      const mail = await imap.fetchOne(
        String(uid),
        { source: { start: 0, maxLength: MOST_BYTES } },
        { uid: true },
      );
      if (mail && mail.source) await take({ uid, source: mail.source });
      lastUid = uid;
    }
    return { uidValidity, lastUid };
  } finally {
    await imap.logout().catch(() => imap.close());
  }
}
