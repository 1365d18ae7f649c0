import type { AddressInfo } from 'node:net';
import { createEmulatorServer } from './http/server';
import type { EmulatorOptions } from './options';
import { phoneFiles } from './phone-files';
import { createPlatform, type Platform } from './platform';
import { allRoutes } from './routes';
import { persistTo } from './state/persistence';

export type { EmulatorOptions } from './options';
export { webhookSignature } from './identifiers';

/** A running emulator. */
export interface LineEmulator {
  /** One origin for the roles of api.line.me, api-data.line.me and access.line.me. */
  origin: string;
  /** Direct access for tests in the same process; everything is also at `/__emu/*`. */
  platform: Platform;
  close(): Promise<void>;
}

/** Starts the emulated LINE platform on this computer. */
export async function startLineEmulator(options: EmulatorOptions = {}): Promise<LineEmulator> {
  const platform = createPlatform(options);
  const persistence = platform.options.stateFile
    ? persistTo(platform, platform.options.stateFile)
    : undefined;
  let origin = '';
  const server = createEmulatorServer(platform, allRoutes, phoneFiles(platform), () => origin);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(platform.options.port, platform.options.host, resolve);
  });
  origin = `http://localhost:${portOf(server.address())}`;
  return {
    origin,
    platform,
    async close() {
      platform.webhooks.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await platform.requestLog.close();
      persistence?.close();
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
