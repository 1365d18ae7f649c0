const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and MJML, between tags and in quoted attributes alike. */
export const escapeHtml = (text: unknown): string =>
  String(text ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** Text inside a JSON string. Flex refuses an empty text, so nothing becomes a space. */
export const escapeJson = (text: string): string =>
  text === '' ? ' ' : JSON.stringify(text).slice(1, -1);

/** One line, without control characters: subjects and addresses must not break a header. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
