import type { Finding, LintRule } from './rule';

const SHORTENERS = new Set(['bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'ow.ly', 'is.gd', 'x.gd']);
const ENOUGH_TEXT = 40;

const warning = (key: string, params?: Finding['params']): Finding => ({
  severity: 'warning',
  key: `delivery.lint.${key}`,
  ...(params && { params }),
});

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

/** The forms by which filters know what nobody asked for. */
export const spamForm: LintRule = ({ subject, html, text, links }) => {
  const findings: Finding[] = [];
  if (/[!！]{2,}|[?？]{3,}|[★☆]{3,}|[¥￥$]{3,}/.test(subject)) findings.push(warning('spam-marks'));
  const letters = subject.replace(/[^A-Za-z]/g, '');
  if (letters.length >= 12 && letters === letters.toUpperCase())
    findings.push(warning('spam-caps'));
  if (/^(re|fwd?)\s*[:：]/i.test(subject)) findings.push(warning('spam-reply'));
  const shortened = links.map(({ url }) => hostOf(url)).find((host) => SHORTENERS.has(host));
  if (shortened) findings.push(warning('spam-shortener', { host: shortened }));
  const words = text.replace(/https?:\S+|\s/g, '');
  if (/<img\b/i.test(html) && words.length < ENOUGH_TEXT) findings.push(warning('spam-pictures'));
  return findings;
};
