import { SMTPServer } from 'smtp-server';

import type { MailStore } from './store';

/** Ten megabytes: more than any mail a shop should send. */
const MAX_BYTES = 10 * 1024 * 1024;

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A real SMTP server that accepts every sender and recipient and relays nothing to anyone. */
export function createSmtpServer(store: MailStore): SMTPServer {
  return new SMTPServer({
    // It takes a local part in quotes for what it is, as mail servers do.
    lenientAddressParsing: true,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    size: MAX_BYTES,
    logger: false,
    onData(stream, session, done) {
      const mailFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
      const rcptTo = session.envelope.rcptTo.map((recipient) => recipient.address);
      collect(stream)
        .then((raw) => {
          if (stream.sizeExceeded)
            throw Object.assign(new Error('message too large'), { responseCode: 552 });
          return store.add({ mailFrom, rcptTo, raw });
        })
        .then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
}
