// @ts-check
import path from 'node:path';

import { ROOT } from '../setup/root.mjs';
import { DATA } from './paths.mjs';

const HOST = '127.0.0.1';
const TSX = 'tsx';
/** A reserved name: no mail of the demo could reach anybody. */
const MAIL_DOMAIN = 'enishi-records.example';

/** @param {number} port */
export const origin = (port) => `http://${HOST}:${port}`;

/**
 * @param {import('./demo-ports.mjs').Ports} ports
 * @returns {import('./children.mjs').Service}
 */
export function mailboxService(ports) {
  return {
    name: 'mailbox',
    args: [
      ...['--import', TSX, 'tools/mailbox/start.ts'],
      `--smtp-port=${ports.smtp}`,
      `--web-port=${ports.mailbox}`,
      `--directory=${path.join(DATA, 'mail')}`,
    ],
    readyUrl: origin(ports.mailbox),
    advice: 'Start again; if it dies again, try --fresh.',
  };
}

/**
 * @param {import('./demo-ports.mjs').Ports} ports
 * @param {import('./settings.mjs').Settings} settings
 * @returns {import('./children.mjs').Service}
 */
export function lineService(ports, { line }) {
  return {
    name: 'line',
    args: [
      ...['--import', TSX, 'tools/line-emulator/cli.ts', '--redelivery'],
      // With "=", because a random secret may begin with a dash and would be taken for an option.
      `--port=${ports.line}`,
      `--webhook-url=${origin(ports.site)}/api/crm/line/webhook/main`,
      `--channel-id=${line.channelId}`,
      `--channel-secret=${line.channelSecret}`,
      `--channel-token=${line.channelToken}`,
      '--channel-name=縁レコード',
      `--login-channel-id=${line.loginChannelId}`,
      `--login-channel-secret=${line.loginChannelSecret}`,
      `--state=${path.join(DATA, 'line.json')}`,
    ],
    readyUrl: origin(ports.line),
    advice: 'Start again; if it dies again, try --fresh.',
  };
}

/**
 * Strapi as in production, over plain http on loopback.
 *
 * @param {import('./demo-ports.mjs').Ports} ports
 * @param {import('./settings.mjs').Settings} settings
 * @returns {import('./children.mjs').Service}
 */
export function siteService(ports, settings) {
  const lineOrigin = origin(ports.line);
  return {
    name: 'site',
    args: [path.join(ROOT, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js'), 'start'],
    env: {
      ...settings.secrets,
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      HOST,
      PORT: String(ports.site),
      PUBLIC_URL: origin(ports.site),
      ORGANISATION_NAME_EN: 'Enishi Records Co., Ltd.',
      ORGANISATION_ADDRESS_EN: '1-2-3 Jingumae, Shibuya-ku, Tokyo 150-0001, Japan',
      COOKIE_SECURE: 'false',
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: path.join(DATA, 'enishi.db'),
      SMTP_HOST: HOST,
      SMTP_PORT: String(ports.smtp),
      MAIL_FROM_ADDRESS: `news@${MAIL_DOMAIN}`,
      DKIM_DOMAIN: MAIL_DOMAIN,
      DKIM_PRIVATE_KEY: settings.dkimKey,
      LINE_API_ORIGIN: lineOrigin,
      LINE_DATA_API_ORIGIN: lineOrigin,
      LINE_ACCESS_ORIGIN: lineOrigin,
      LINE_CHANNEL_ID: settings.line.channelId,
      LINE_CHANNEL_SECRET: settings.line.channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: settings.line.channelToken,
      LINE_LOGIN_CHANNEL_ID: settings.line.loginChannelId,
      LINE_LOGIN_CHANNEL_SECRET: settings.line.loginChannelSecret,
      LINE_ACCOUNT_NAME: '縁レコード',
      CRM_WRITE_KEYS: settings.writeKey,
      FRAME_ANCESTORS: lineOrigin,
      SEED_DEMO: 'true',
      LOG_LEVEL: 'info',
    },
    readyUrl: `${origin(ports.site)}/_health`,
    advice: 'Start again; if it dies again, try --fresh to begin with an empty database.',
  };
}
