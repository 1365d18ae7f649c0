// @ts-check
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { DATA, DEMO } from './paths.mjs';

/**
 * @typedef {object} Settings What the demo remembers between starts.
 * @property {Record<string, string>} secrets environment variables that Strapi needs
 * @property {{ email: string, password: string }} admin
 * @property {{ channelId: string, channelSecret: string, channelToken: string, loginChannelId: string, loginChannelSecret: string }} line
 * @property {string} dkimKey private, PEM: mails of the demo are signed as real ones are
 * @property {string} writeKey
 * @property {string} apiToken empty until the first start has made it
 * @property {Record<string, number>} ports the last ones, tried first the next time
 * @property {boolean} seeded
 */

const FILE = path.join(DEMO, 'settings.json');

const secret = (bytes = 32) => randomBytes(bytes).toString('base64url');
const digits = (/** @type {number} */ count) =>
  Array.from(randomBytes(count), (byte) => String(byte % 10)).join('');

/** @returns {Settings} */
function createSettings() {
  return {
    secrets: {
      APP_KEYS: `${secret()},${secret()}`,
      API_TOKEN_SALT: secret(),
      ADMIN_JWT_SECRET: secret(),
      TRANSFER_TOKEN_SALT: secret(),
      JWT_SECRET: secret(),
      ENCRYPTION_KEY: secret(),
      CRM_SECRET: secret(48),
    },
    // The ending satisfies Strapi's rule: upper and lower case and a digit.
    admin: { email: 'demo@example.jp', password: `${secret(9)}Aa1` },
    line: {
      channelId: `20${digits(8)}`,
      channelSecret: randomBytes(16).toString('hex'),
      channelToken: secret(64),
      loginChannelId: `20${digits(8)}`,
      loginChannelSecret: randomBytes(16).toString('hex'),
    },
    dkimKey: generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey,
    writeKey: secret(18),
    apiToken: '',
    ports: {},
    seeded: false,
  };
}

/** @param {Settings} settings */
export function saveSettings(settings) {
  mkdirSync(DEMO, { recursive: true, mode: 0o700 });
  const next = `${FILE}.next`;
  writeFileSync(next, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, FILE);
}

/** @returns {Settings | undefined} */
function readSettings() {
  try {
    return { ...createSettings(), ...JSON.parse(readFileSync(FILE, 'utf8')) };
  } catch {
    return undefined;
  }
}

/** @param {Settings} settings */
function startOver(settings) {
  rmSync(DATA, { recursive: true, force: true });
  settings.seeded = false;
  settings.apiToken = '';
}

/**
 * The settings of the last start, or new ones. Data that was only half brought in is thrown away:
 * the next start begins cleanly.
 *
 * @param {{ fresh: boolean }} options
 * @returns {Settings}
 */
export function loadSettings({ fresh }) {
  const settings = readSettings() ?? createSettings();
  if (fresh || !settings.seeded) startOver(settings);
  mkdirSync(DATA, { recursive: true });
  saveSettings(settings);
  return settings;
}
