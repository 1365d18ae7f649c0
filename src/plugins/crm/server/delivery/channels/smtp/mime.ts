/**
 * Writes one mail. nodemailer's composer takes half a millisecond a mail on trees of streams; ours
 * is one shape (text and HTML, UTF-8, base64) and takes a string join.
 */
import { domainToASCII } from 'node:url';

import { encodeWords } from 'nodemailer/lib/mime-funcs';

export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly date: Date;
  /** In order; values are ASCII and stay on one line. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Anything that could end a header line is gone before it reaches one. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** RFC 2047: Japanese becomes several encoded words of at most 75 characters, folded. */
export function headerText(text: string): string {
  const clean = oneLine(text);
  return /^[\x20-\x7e]*$/.test(clean) && clean.length < 70
    ? clean
    : encodeWords(clean, 'B', 52, true).split(' ').join('\r\n ');
}

const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const ASCII = /^[\x21-\x7e]+$/;

/**
 * Japanese carriers once gave out `a..b@` and `a.@`, which servers refuse as they stand. In quotes
 * the same address is right by the RFC, and the carriers take it.
 */
const localPart = (local: string): string =>
  DOT_ATOM.test(local) || !ASCII.test(local) || local.startsWith('"')
    ? local
    : `"${local.replace(/["\\]/g, '\\$&')}"`;

/** Domains in Unicode become punycode; the local part stays as the person spells it. */
export function addressSpec(address: string): string {
  const clean = address.replace(/[\p{Cc}<>\s]/gu, '');
  const at = clean.lastIndexOf('@');
  if (at < 1) return clean;
  return `${localPart(clean.slice(0, at))}@${domainToASCII(clean.slice(at + 1))}`;
}

const LINE = /.{76}/g;

const base64Lines = (text: string): string =>
  Buffer.from(text).toString('base64').replace(LINE, '$&\r\n');

export function writeMime(mail: Mail): Buffer {
  const boundary = `=_${mail.messageId.replace(/\W/g, '').slice(0, 40)}`;
  const part = (type: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n` +
    `Content-Transfer-Encoding: base64\r\n\r\n${base64Lines(body)}\r\n`;
  const extra = mail.headers.map(([name, value]) => `${name}: ${oneLine(value)}\r\n`).join('');
  return Buffer.from(
    `From: ${headerText(mail.from.name)} <${addressSpec(mail.from.address)}>\r\n` +
      `To: ${addressSpec(mail.to)}\r\n` +
      `Subject: ${headerText(mail.subject)}\r\n` +
      `Date: ${rfc5322Date(mail.date)}\r\n` +
      `Message-ID: <${mail.messageId}>\r\n` +
      `MIME-Version: 1.0\r\n${extra}` +
      `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n` +
      part('text/plain', mail.text) +
      part('text/html', mail.html) +
      `--${boundary}--\r\n`,
  );
}

const rfc5322Date = (date: Date): string => date.toUTCString().replace('GMT', '+0000');
