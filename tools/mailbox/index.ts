import type { AddressInfo, Server } from 'node:net';

import { createSmtpServer } from './smtp';
import { MailStore } from './store';
import { createWebServer } from './web';

/** Where the mailbox listens; port 0 takes a free one. */
export interface MailboxOptions {
  directory: string;
  smtpPort: number;
  webPort: number;
  host?: string;
}

/** A running mailbox. */
export interface Mailbox {
  smtpPort: number;
  webPort: number;
  url: string;
  stop(): Promise<void>;
}

function listen(
  server: Pick<Server, 'once' | 'address'>,
  start: (done: () => void) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    start(() => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string')
        reject(new Error('not listening on a port'));
      else resolve(address.port);
    });
  });
}

/** Starts the SMTP server and its page on loopback; both are up when it resolves. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const host = options.host ?? '127.0.0.1';
  const store = await MailStore.open(options.directory);
  const smtp = createSmtpServer(store);
  const web = createWebServer(store);
  const smtpPort = await listen(smtp.server, (done) => smtp.listen(options.smtpPort, host, done));
  const webPort = await listen(web, (done) => web.listen(options.webPort, host, done));
  return {
    smtpPort,
    webPort,
    url: `http://${host}:${webPort}`,
    async stop() {
      web.closeAllConnections();
      await new Promise<void>((resolve) => web.close(() => resolve()));
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}
