import type { BlockContext } from '../../../shared/content';
import type { Piece } from '../domain/pieces';
import { richTextToText } from '../domain/rich-text';

export const textFromPieces = (pieces: readonly Piece[], context: BlockContext): string =>
  pieces
    .map((piece) => draw(piece, context))
    .filter((text) => text !== '')
    .join('\n\n');

function draw(piece: Piece, context: BlockContext): string {
  switch (piece.kind) {
    case 'heading':
      return `■ ${piece.text}`;
    case 'text':
      return piece.text;
    case 'rich':
      return richTextToText(piece.value, (address) => context.link(address, 'text'));
    case 'image':
      return piece.alt;
    case 'link':
      return `${piece.label}\n${context.link(piece.url, 'link')}`;
    case 'list':
      return piece.items.map((item) => `・${item}`).join('\n');
  }
}
