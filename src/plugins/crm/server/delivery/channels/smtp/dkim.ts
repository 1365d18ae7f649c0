import DKIM from 'nodemailer/lib/dkim';

import type { CrmConfig } from '../../../kernel';

/** nodemailer leaves List-Unsubscribe-Post out by default; RFC 8058 asks for both to be covered. */
const SIGNED_HEADERS =
  'from:to:subject:date:message-id:mime-version:content-type:list-unsubscribe:list-unsubscribe-post:feedback-id';

export type Signer = (raw: Buffer) => Promise<Buffer>;

/** Signs whole mails with the sender's domain key; hands them through when none is configured. */
export function createSigner(dkim: CrmConfig['email']['dkim']): Signer {
  if (!dkim) return (raw) => Promise.resolve(raw);
  const signer = new DKIM({ ...dkim, headerFieldNames: SIGNED_HEADERS });
  return async (raw) => {
    const chunks: Buffer[] = [];
    for await (const chunk of signer.sign(raw)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
}
