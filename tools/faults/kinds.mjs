// @ts-check
/**
 * What is done to it again and again, in pieces that are tests of their own.
 *
 * @typedef {{
 *   name: string,
 *   says: string,
 *   file: string,
 *   pieces: number,
 *   env: Record<string, string>,
 * }} Kind
 */

/** @type {readonly Kind[]} */
export const KINDS = [
  {
    name: 'sender',
    says: 'the sender is killed in the middle of a campaign, 200 times in 10,000 mails',
    file: 'tests/integration/delivery/kill.test.ts',
    pieces: 10,
    env: { FAULT_KILLS: '20', FAULT_PEOPLE: '1000' },
  },
  {
    name: 'ingest',
    says: 'the server is killed while events come in, 100 times',
    file: 'tests/integration/tracking/kill.test.ts',
    pieces: 10,
    env: { FAULT_KILLS: '10' },
  },
  {
    name: 'overload',
    says: 'ten times the promised events, 5,000 half-sent questions and a campaign for a minute',
    file: 'tests/integration/site/overload.test.ts',
    pieces: 1,
    env: { FAULT_SECONDS: '60', FAULT_SOCKETS: '5000', FAULT_PEOPLE: '2000' },
  },
];
