import type { BlockContext } from '../../../shared/content';
import type { Piece } from '../domain/pieces';
import { richTextToHtml } from '../domain/rich-text';

export function webFromPieces(
  uid: string,
  pieces: readonly Piece[],
  context: BlockContext,
): string {
  if (pieces.length === 0) return '';
  const name = context.html(uid.split('.').at(-1));
  return `<section class="block block-${name}">${pieces.map((piece) => draw(piece, context)).join('\n')}</section>`;
}

function draw(piece: Piece, context: BlockContext): string {
  const { html } = context;
  switch (piece.kind) {
    case 'heading':
      return `<h2>${html(piece.text)}</h2>`;
    case 'text':
      return `<p>${html(piece.text).replaceAll('\n', '<br>')}</p>`;
    case 'rich':
      return richTextToHtml(piece.value, {
        link: (address) => context.link(address, 'text'),
        url: context.url,
      });
    case 'image':
      return `<img src="${html(context.url(piece.url))}" alt="${html(piece.alt)}" loading="lazy">`;
    case 'link':
      return `<p><a href="${html(context.link(piece.url, 'link'))}">${html(piece.label)}</a></p>`;
    case 'list':
      return `<ul>${piece.items.map((item) => `<li>${html(item)}</li>`).join('')}</ul>`;
  }
}
