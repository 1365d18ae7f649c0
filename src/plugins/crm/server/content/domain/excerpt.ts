import { piecesOf, type AttributeType } from './pieces';
import { richTextToText } from './rich-text';

const MAX = 80;

/** The first words of a block, for a list to choose from. */
export function excerptOf(
  block: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, AttributeType>>,
): string {
  for (const piece of piecesOf(block, attributes)) {
    const text =
      piece.kind === 'rich'
        ? richTextToText(piece.value, (address) => address)
        : piece.kind === 'list'
          ? piece.items.join(' / ')
          : piece.kind === 'image'
            ? piece.alt
            : piece.kind === 'link'
              ? piece.label
              : piece.text;
    if (text) return text.length > MAX ? `${text.slice(0, MAX)}…` : text;
  }
  return '';
}
