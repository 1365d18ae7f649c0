import { validateSignature } from '@line/bot-sdk';

/** LINE signs the exact bytes with the channel secret; compared in constant time. */
export const isSignedByLine = (rawBody: string, channelSecret: string, signature: string) =>
  validateSignature(rawBody, channelSecret, signature);
