import type { Email } from 'postal-mime';

import type { MailSummary } from './store';
import { STYLE } from './style';
import type { Texts } from './texts';

/** The views of one mail. */
export const VIEWS = ['html', 'text', 'headers', 'source'] as const;
export type View = (typeof VIEWS)[number];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function layout(texts: Texts, title: string, body: string): string {
  return `<!doctype html>
<html lang="${texts.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><header><h1><a href="/">${texts.title}</a></h1><p>${texts.note}</p></header><main>${body}</main></body></html>`;
}

function when(texts: Texts, iso: string): string {
  const shown = new Intl.DateTimeFormat(texts.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(iso));
  return `<time datetime="${iso}">${shown}</time>`;
}

function row(texts: Texts, mail: MailSummary): string {
  return `<li><a href="/messages/${mail.id}">
<strong>${escapeHtml(mail.subject || texts.noSubject)}</strong>
<span>${texts.to}: ${escapeHtml(mail.rcptTo.join(', '))}</span>
<span>${texts.from}: ${escapeHtml(mail.from || mail.mailFrom)}</span>
<span>${when(texts, mail.receivedAt)}</span></a></li>`;
}

/** The list of mails, newest first. */
export function listPage(
  texts: Texts,
  mails: MailSummary[],
  total: number,
  searched: string,
): string {
  const toolbar = `<div class="toolbar"><form method="get" action="/" role="search">
<input type="search" name="q" value="${escapeHtml(searched)}" aria-label="${texts.search}" placeholder="${texts.search}"></form>
<a class="button" href="/">${texts.reload}</a>
<form method="post" action="/delete"><button type="submit">${texts.clear}</button></form></div>`;
  const body = mails.length
    ? `<p class="count">${texts.shown(mails.length, total)}</p><ol class="mails">${mails.map((mail) => row(texts, mail)).join('')}</ol>`
    : `<div class="empty"><p><strong>${texts.empty}</strong></p><p>${texts.emptyHint}</p></div>`;
  return layout(texts, texts.title, toolbar + body);
}

function headerTable(email: Email): string {
  const rows = email.headers.map(
    (header) =>
      `<tr><th scope="row">${escapeHtml(header.originalKey ?? header.key)}</th><td>${escapeHtml(header.value)}</td></tr>`,
  );
  return `<table class="headers"><tbody>${rows.join('')}</tbody></table>`;
}

function content(
  texts: Texts,
  mail: MailSummary,
  email: Email,
  view: View,
  source: string,
): string {
  const none = `<p class="empty">${texts.none}</p>`;
  if (view === 'html') {
    // The sandbox keeps a mail's scripts off; links open in a window of their own, outside of it.
    return email.html
      ? `<iframe title="${texts.html}" src="/messages/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
      : none;
  }
  if (view === 'text') return email.text ? `<pre>${linkify(escapeHtml(email.text))}</pre>` : none;
  return view === 'headers' ? headerTable(email) : `<pre>${escapeHtml(source)}</pre>`;
}

function linkify(escaped: string): string {
  return escaped.replace(
    /https?:\/\/[^\s<>"'）」]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
}

/** One mail in one of its views. */
export function messagePage(
  texts: Texts,
  mail: MailSummary,
  email: Email,
  view: View,
  source: string,
): string {
  const tabs = VIEWS.map(
    (name) =>
      `<a href="/messages/${mail.id}?view=${name}"${name === view ? ' aria-current="page"' : ''}>${texts[name]}</a>`,
  ).join('');
  const files = email.attachments
    .map((file) => escapeHtml(file.filename ?? file.mimeType))
    .join(', ');
  return layout(
    texts,
    mail.subject || texts.noSubject,
    `<div class="toolbar"><a class="button" href="/">${texts.back}</a>
<form method="post" action="/messages/${mail.id}/delete"><button type="submit">${texts.remove}</button></form></div>
<article><h2>${escapeHtml(mail.subject || texts.noSubject)}</h2>
<dl><dt>${texts.from}</dt><dd>${escapeHtml(mail.from || mail.mailFrom)}</dd>
<dt>${texts.to}</dt><dd>${escapeHtml(mail.rcptTo.join(', '))}</dd>
<dt>${texts.received}</dt><dd>${when(texts, mail.receivedAt)}</dd>
${files ? `<dt>${texts.attachments}</dt><dd>${files}</dd>` : ''}</dl>
<nav class="tabs">${tabs}</nav>${content(texts, mail, email, view, source)}</article>`,
  );
}
