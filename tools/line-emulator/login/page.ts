import type { IncomingHttpHeaders } from 'node:http';

/** Small HTML pages in the look of the phone. All text that came from outside is escaped. */
export function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '',
  );
}

export type PageLanguage = 'ja' | 'en';

const LANGUAGE_COOKIE = /(?:^|;\s*)emulated_language=(ja|en)\b/;

/** What the site asks for goes before what was chosen on the phone page; Japanese otherwise. */
export function pageLanguage(query: URLSearchParams, headers: IncomingHttpHeaders): PageLanguage {
  const chosen = LANGUAGE_COOKIE.exec(headers.cookie ?? '')?.[1];
  const wanted = query.get('ui_locales') ?? chosen ?? 'ja';
  return wanted.toLowerCase().startsWith('en') ? 'en' : 'ja';
}

/** A whole page around a body that is HTML already. */
export function dialogPage(language: PageLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/phone/css/base.css">
<link rel="stylesheet" href="/phone/css/dialog.css">
</head>
<body class="dialog-page"><main class="dialog">${body}</main></body>
</html>`;
}
