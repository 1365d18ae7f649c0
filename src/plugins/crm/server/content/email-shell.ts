/**
 * The whole mail as MJML, compiled once for all its blocks: every block stands between two marks,
 * so that the HTML can be cut into blocks again and joined per person.
 */
import type { ContentTheme } from '../../shared/content';
import { escapeHtml } from './domain/escape';
import { mark, splitAtMarks, type Segment } from './domain/marks';

/** What stands in the shell and differs per person or per campaign. */
export const SLOTS = {
  subject: 0,
  preheader: 1,
  unsubscribe: 2,
  preferences: 3,
  pixel: 4,
} as const;

/** Texts of the shell in the reader's language. */
export interface ShellTexts {
  readonly web: string;
  readonly why: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly contact: string;
}

export interface ShellInput {
  readonly locale: 'ja' | 'en';
  readonly theme: ContentTheme;
  readonly siteUrl: string;
  /** Where this message stands on the web; null: nowhere. */
  readonly webUrl: string | null;
  readonly organisation: { readonly name: string; readonly postalAddress: string };
  readonly texts: ShellTexts;
}

export interface CompiledShell {
  readonly head: readonly Segment[];
  readonly blocks: readonly (readonly Segment[])[];
  readonly tail: readonly Segment[];
}

const FONTS =
  "'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic', YuGothic, Meiryo, 'Noto Sans JP', sans-serif";

const slot = (name: keyof typeof SLOTS) => mark('slot', SLOTS[name]);

export async function compileShell(
  blocks: readonly string[],
  input: ShellInput,
  layOut: (mjml: string) => Promise<string>,
): Promise<CompiledShell> {
  const body = blocks
    .map((mjml, index) => boundary(index) + mjml)
    .concat(boundary(blocks.length))
    .join('\n');
  return cut(await layOut(shell(body, input)), blocks.length);
}

const boundary = (index: number) => `<mj-raw>${mark('block', index)}</mj-raw>`;

function cut(html: string, count: number): CompiledShell {
  const parts: Segment[][] = [[]];
  for (const segment of splitAtMarks(html)) {
    if (typeof segment !== 'string' && segment.kind === 'block') parts.push([]);
    else parts.at(-1)?.push(segment);
  }
  return { head: parts[0] ?? [], blocks: parts.slice(1, count + 1), tail: parts[count + 1] ?? [] };
}

function shell(body: string, input: ShellInput): string {
  const { theme } = input;
  return `<mjml lang="${input.locale}" dir="ltr">
<mj-head>
  <mj-title>${slot('subject')}</mj-title>
  <mj-preview>${slot('preheader')}</mj-preview>
  <mj-attributes>
    <mj-all font-family="${FONTS}" />
    <mj-text font-size="15px" line-height="1.9" color="${theme.ink}" padding="0 24px 16px" />
    <mj-section padding="0" background-color="${theme.paper}" />
    <mj-image padding="0" />
    <mj-button background-color="${theme.accent}" color="${theme.onAccent}" border-radius="2px" font-size="15px" font-weight="700" inner-padding="14px 32px" padding="8px 24px 24px" />
  </mj-attributes>
  <mj-style>a { text-underline-offset: 3px; } body { -webkit-text-size-adjust: 100%; }</mj-style>
</mj-head>
<mj-body background-color="#f4f3f1" width="600px">
  ${webLink(input)}
  ${header(input)}
  ${body}
  ${footer(input)}
  <mj-raw>${slot('pixel')}</mj-raw>
</mj-body>
</mjml>`;
}

function webLink({ theme, webUrl, texts }: ShellInput): string {
  if (webUrl === null) return '';
  return `<mj-section background-color="#f4f3f1" padding="12px 0"><mj-column>
    <mj-text padding="0 24px" align="right" font-size="12px" color="${theme.quiet}"><a href="${escapeHtml(webUrl)}" style="color:${theme.quiet}">${escapeHtml(texts.web)}</a></mj-text>
  </mj-column></mj-section>`;
}

function header({ theme, siteUrl }: ShellInput): string {
  return `<mj-section padding="28px 0 24px"><mj-column>
    <mj-text padding="0 24px" font-size="17px" font-weight="700" letter-spacing="0.12em"><a href="${escapeHtml(siteUrl)}" style="color:${theme.ink};text-decoration:none">${escapeHtml(theme.siteName)}</a></mj-text>
  </mj-column></mj-section>`;
}

/** 特定電子メール法: who sends, where to complain, and how to stop it, in every advertising mail. */
function footer({ theme, organisation, texts }: ShellInput): string {
  const style = `color:${theme.quiet}`;
  return `<mj-section background-color="#f4f3f1" padding="28px 0 40px"><mj-column>
    <mj-text font-size="12px" line-height="1.9" color="${theme.quiet}">${escapeHtml(texts.why)}</mj-text>
    <mj-text font-size="12px" line-height="1.9" color="${theme.quiet}"><a href="${slot('unsubscribe')}" style="${style}">${escapeHtml(texts.unsubscribe)}</a>&#12288;<a href="${slot('preferences')}" style="${style}">${escapeHtml(texts.preferences)}</a></mj-text>
    <mj-text font-size="12px" line-height="1.9" color="${theme.quiet}" padding-bottom="0">${escapeHtml(organisation.name)}<br>${escapeHtml(organisation.postalAddress)}<br>${escapeHtml(texts.contact)}</mj-text>
  </mj-column></mj-section>`;
}
