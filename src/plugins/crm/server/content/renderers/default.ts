/** Renderers of a component that has none of its own, drawn from its attribute types. */
import type { BlockData, BlockRenderers } from '../../../shared/content';
import { piecesOf, type AttributeType, type Piece } from '../domain/pieces';
import { emailFromPieces } from './default-email';
import { lineFromPieces } from './default-line';
import { textFromPieces } from './default-text';
import { webFromPieces } from './default-web';

export function defaultRenderers(
  attributes: Readonly<Record<string, AttributeType>>,
): Required<BlockRenderers> {
  const pieces = (block: BlockData): readonly Piece[] => piecesOf(block, attributes);
  return {
    web: (block, context) => webFromPieces(block.__component, pieces(block), context),
    email: (block, context) => emailFromPieces(pieces(block), context),
    line: (block, context) => lineFromPieces(pieces(block), context),
    text: (block, context) => textFromPieces(pieces(block), context),
  };
}
