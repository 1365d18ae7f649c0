// @ts-check
import { parseArgs } from 'node:util';

/**
 * @typedef {object} DemoOptions
 * @property {boolean} fresh Start over: throw the data away first.
 * @property {boolean} json Print one JSON object on stdout when ready.
 * @property {boolean} watch Develop: Strapi and the plugin's server restart on a change.
 * @property {boolean} help
 * @property {string | undefined} orders Purchases from this file instead of made-up ones.
 * @property {number | undefined} portsFrom First of the ports to take.
 */

export const HELP = `npm run demo [-- options]

  --fresh          start over: new database, mails and LINE chats
                   データを消してはじめから
  --orders FILE    take purchases from FILE (CDNOW format, or an orders.csv) instead of made-up ones;
                   starts over, since it is another business
                   購買データをファイルから取り込みます
  --json           print one JSON object on stdout when ready, progress on stderr
  --ports-from N   take ports from N on instead of 1337, 8025, 1025 and 4010
  --watch          restart on changes, for work on the code (npm run dev)
                   変更を監視します
  --help           this text
`;

/**
 * @param {string[]} argv
 * @returns {DemoOptions}
 */
export function parseOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      fresh: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      orders: { type: 'string' },
      'ports-from': { type: 'string' },
    },
  });
  const portsFrom = values['ports-from'] === undefined ? undefined : Number(values['ports-from']);
  if (
    portsFrom !== undefined &&
    !(Number.isInteger(portsFrom) && portsFrom > 0 && portsFrom < 65500)
  ) {
    throw new Error(`--ports-from ${values['ports-from']}: give a port number between 1 and 65499`);
  }
  const { fresh = false, json = false, watch = false, help = false, orders } = values;
  return { fresh, json, watch, help, orders, portsFrom };
}
