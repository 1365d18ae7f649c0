import type { BlockContext } from '../../../shared/content';
import type { Piece } from '../domain/pieces';
import { richTextToHtml } from '../domain/rich-text';

export function emailFromPieces(pieces: readonly Piece[], context: BlockContext): string {
  if (pieces.length === 0) return '';
  const inner = pieces.map((piece) => draw(piece, context)).join('\n');
  // A picture reaches the edges and a button brings its own room; words need air above them.
  const padding = pieces[0]?.kind === 'image' || pieces[0]?.kind === 'link' ? '0' : '24px 0 0';
  return `<mj-section padding="${padding}"><mj-column>${inner}</mj-column></mj-section>`;
}

function draw(piece: Piece, context: BlockContext): string {
  const { html } = context;
  switch (piece.kind) {
    case 'heading':
      return `<mj-text font-size="22px" font-weight="700" line-height="1.5">${html(piece.text)}</mj-text>`;
    case 'text':
      return `<mj-text>${html(piece.text).replaceAll('\n', '<br>')}</mj-text>`;
    case 'rich':
      return `<mj-text>${richTextForEmail(piece.value, context)}</mj-text>`;
    case 'image':
      return `<mj-image src="${html(context.url(piece.url))}" alt="${html(piece.alt)}" />`;
    case 'link':
      return `<mj-button href="${html(context.link(piece.url, 'link'))}">${html(piece.label)}</mj-button>`;
    case 'list':
      return `<mj-text><ul>${piece.items.map((item) => `<li>${html(item)}</li>`).join('')}</ul></mj-text>`;
  }
}

/** Rich text with the inline styles that mail programs need. */
export function richTextForEmail(value: unknown, context: BlockContext): string {
  return richTextToHtml(value, {
    link: (address) => context.link(address, 'text'),
    url: context.url,
    styles: {
      p: 'margin:0 0 18px',
      h2: 'margin:28px 0 12px;font-size:20px;line-height:1.5',
      h3: 'margin:24px 0 10px;font-size:17px;line-height:1.5',
      ul: 'margin:0 0 18px;padding-left:22px',
      ol: 'margin:0 0 18px;padding-left:22px',
      blockquote: `margin:0 0 18px;padding-left:16px;border-left:3px solid ${context.theme.accent}`,
      a: `color:${context.theme.accent}`,
    },
  });
}
