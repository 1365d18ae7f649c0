/** Strapi's rich text ("blocks" attribute): a tree of paragraphs, headings, lists, quotes, images. */
import { escapeHtml } from './escape';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly level?: number;
  readonly format?: string;
  readonly url?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strikethrough?: boolean;
  readonly code?: boolean;
  readonly image?: { readonly url?: string; readonly alternativeText?: string | null };
  readonly children?: readonly Node[];
}

export interface RichTextOptions {
  readonly link: (address: string) => string;
  readonly url: (address: string) => string;
  /** Applied to the text of headings, for example to mark phrases. Gets and returns HTML. */
  readonly heading?: (html: string) => string;
  /** Inline CSS by element name; mail needs it, the web does not. */
  readonly styles?: Readonly<Record<string, string>>;
  /** Headings in a block start at this level. */
  readonly firstHeading?: number;
}

const MARKS = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['strikethrough', 's'],
  ['code', 'code'],
] as const;

const nodes = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter((node) => typeof node === 'object' && node !== null) : [];

export function richTextToHtml(value: unknown, options: RichTextOptions): string {
  return nodes(value)
    .map((node) => blockToHtml(node, options))
    .join('\n');
}

function tag(name: string, inner: string, options: RichTextOptions, attributes = ''): string {
  const style = options.styles?.[name];
  return `<${name}${style ? ` style="${style}"` : ''}${attributes}>${inner}</${name}>`;
}

function inlineHtml(node: Node, options: RichTextOptions): string {
  const inside = nodes(node.children)
    .map((child) => inlineHtml(child, options))
    .join('');
  if (node.type === 'link') {
    return tag('a', inside, options, ` href="${escapeHtml(options.link(node.url ?? ''))}"`);
  }
  const text = escapeHtml(node.text).replaceAll('\n', '<br>');
  return MARKS.reduce(
    (html, [key, name]) => (node[key] ? tag(name, html, options) : html),
    text + inside,
  );
}

const BLOCKS: Readonly<
  Record<string, (node: Node, inner: string, options: RichTextOptions) => string>
> = {
  heading: (node, inner, options) => {
    const level = Math.min(6, Math.max(node.level ?? 2, options.firstHeading ?? 2));
    return tag(`h${level}`, options.heading?.(inner) ?? inner, options);
  },
  list: (node, inner, options) => tag(node.format === 'ordered' ? 'ol' : 'ul', inner, options),
  'list-item': (_, inner, options) => tag('li', inner, options),
  quote: (_, inner, options) => tag('blockquote', inner, options),
  code: (_, inner, options) => tag('pre', inner, options),
  image: (node, _, options) =>
    `<img src="${escapeHtml(options.url(node.image?.url ?? ''))}" alt="${escapeHtml(node.image?.alternativeText)}" loading="lazy">`,
};

function blockToHtml(node: Node, options: RichTextOptions): string {
  const inner = nodes(node.children)
    .map((child) =>
      child.type === 'list-item' || child.type === 'list'
        ? blockToHtml(child, options)
        : inlineHtml(child, options),
    )
    .join('');
  const render = BLOCKS[node.type ?? ''];
  if (render) return render(node, inner, options);
  return inner === '' ? '' : tag('p', inner, options);
}

/** Plain text: one paragraph a line, links with their address behind them. */
export function richTextToText(value: unknown, link: (address: string) => string): string {
  return nodes(value)
    .map((node) => blockToText(node, link))
    .filter((line) => line !== '')
    .join('\n\n');
}

function inlineText(node: Node, link: (address: string) => string): string {
  const inside = nodes(node.children)
    .map((child) => inlineText(child, link))
    .join('');
  if (node.type === 'link') return `${inside} ( ${link(node.url ?? '')} )`;
  return (node.text ?? '') + inside;
}

function blockToText(node: Node, link: (address: string) => string): string {
  const inner = nodes(node.children).map((child) => inlineText(child, link));
  if (node.type === 'list') return inner.map((item) => `・${item}`).join('\n');
  const text = inner.join('');
  if (node.type === 'heading') return `■ ${text}`;
  return node.type === 'quote' ? `> ${text}` : text;
}
