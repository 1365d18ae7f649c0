/** The one call of MJML, and what is taken off its output. */
import mjml2html from 'mjml';

/** Indentation is a third of MJML's output; every mail would carry it. */
const compact = (html: string): string =>
  html
    .replace(/<style[^>]*>\s*<\/style>/g, '')
    .replace(/^[ \t]+/gm, '')
    .replace(/\n{2,}/g, '\n');

export async function layOutMjml(mjml: string): Promise<string> {
  const { html } = await mjml2html(mjml, {
    fonts: {},
    validationLevel: 'skip',
    // Nothing in a block may read a file.
    ignoreIncludes: true,
  });
  return compact(html);
}
