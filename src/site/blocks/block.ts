import type { BlockContext, BlockData, FlexComponent } from '../../plugins/crm/shared/content';

export type { BlockContext, BlockData, BlockRenderers } from '../../plugins/crm/shared/content';
export type { FlexComponent, LineFragment } from '../../plugins/crm/shared/content';

/** A text attribute, empty when it is not set. */
export function textOf(block: BlockData, name: string): string {
  const value = block[name];
  return typeof value === 'string' ? value : '';
}

/** In the marks of the language that it is read in. */
export const quoted = (text: string, locale: BlockContext['locale']): string =>
  locale === 'en' ? `“${text}”` : `「${text}」`;

/** Text with its line breaks, as HTML. */
export const lines = (html: string): string => html.replaceAll('\n', '<br>');

/** `paper` white, `accent` the shop's red, `ink` black. */
export function toneOf(block: BlockData): 'paper' | 'accent' | 'ink' {
  const tone = textOf(block, 'tone');
  return tone === 'accent' || tone === 'ink' ? tone : 'paper';
}

/** Grounds and letters of a tone where there is no style sheet. */
export function toneColours(block: BlockData, { theme }: BlockContext) {
  const tone = toneOf(block);
  if (tone === 'accent')
    return { ground: theme.accent, ink: '#ffffff', button: '#ffffff', onButton: theme.accent };
  if (tone === 'ink')
    return { ground: '#17171a', ink: '#ffffff', button: '#ffffff', onButton: '#17171a' };
  return { ground: theme.paper, ink: theme.ink, button: theme.accent, onButton: theme.onAccent };
}

export const artPath = (name: string): string => `/art/${name}.svg`;

/** Mail programs and LINE draw no SVG. */
export const artPicture = (name: string, width = 600): string => `/art/${name}.png?w=${width}`;

export const inLocale = (context: BlockContext, path: string): string =>
  context.locale === 'en' ? `/en${path}` : path;

export const flexText = (
  text: string,
  more: Readonly<Record<string, string | number>> = {},
): FlexComponent => ({ type: 'text', text, wrap: true, ...more });

export const flexButton = (label: string, uri: string, color: string): FlexComponent => ({
  type: 'button',
  style: 'primary',
  height: 'sm',
  color,
  action: { type: 'uri', label, uri },
});

/** The button of a block that has `buttonLabel` and `buttonUrl`, or nothing. */
export function buttonOf(block: BlockData): { label: string; url: string } | null {
  const [label, url] = [textOf(block, 'buttonLabel'), textOf(block, 'buttonUrl')];
  return label && url ? { label, url } : null;
}

/** Inline CSS for a heading in mail that breaks at `<wbr>` only. */
export const KEEP_PHRASES = 'word-break:keep-all;overflow-wrap:anywhere';
