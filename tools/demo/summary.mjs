// @ts-check
import { origin } from './services.mjs';

/**
 * @typedef {object} Summary
 * @property {string} site
 * @property {string} admin
 * @property {string} adminEmail
 * @property {string} adminPassword
 * @property {string} mailbox
 * @property {number} smtpPort
 * @property {string} line
 * @property {string} apiToken
 * @property {string} writeKey
 */

/**
 * @param {import('./demo-ports.mjs').Ports} ports
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Summary}
 */
export function createSummary(ports, settings) {
  return {
    site: origin(ports.site),
    admin: `${origin(ports.site)}/admin`,
    adminEmail: settings.admin.email,
    adminPassword: settings.admin.password,
    mailbox: origin(ports.mailbox),
    smtpPort: ports.smtp,
    line: origin(ports.line),
    apiToken: settings.apiToken,
    writeKey: settings.writeKey,
  };
}

/** @param {Summary} summary */
export function formatSummary(summary) {
  return `
  縁レコード is ready / 準備ができました

    Site      サイト        ${summary.site}
    Admin     管理画面      ${summary.admin}
              ログイン      ${summary.adminEmail}  /  ${summary.adminPassword}
    Mailbox   メール        ${summary.mailbox}
    LINE      LINEの画面    ${summary.line}

  All customers are made up; no mail and no LINE message leaves this computer.
  顧客はすべて架空です。メールもLINEも、このパソコンの外には送られません。
  Ctrl-C stops everything. The next start keeps the data; --fresh starts over.
  Ctrl-C で終了します。データは次回も残ります（--fresh で最初から）。
`;
}
