import type { BlockContext, FlexComponent, LineFragment } from '../../../shared/content';
import type { Piece } from '../domain/pieces';
import { richTextToText } from '../domain/rich-text';

export const flexText = (
  text: string,
  more: Readonly<Record<string, string>> = {},
): FlexComponent => ({
  type: 'text',
  text,
  wrap: true,
  ...more,
});

export function lineFromPieces(pieces: readonly Piece[], context: BlockContext): LineFragment {
  const hero = pieces.find((piece) => piece.kind === 'image');
  return {
    hero: hero ? flexImage(context.url(hero.url)) : undefined,
    body: pieces.flatMap((piece) => (piece === hero ? [] : draw(piece, context))),
    footer: pieces.flatMap((piece) =>
      piece.kind === 'link'
        ? [flexButton(piece.label, context.link(piece.url, 'link'), context.theme.accent)]
        : [],
    ),
  };
}

function draw(piece: Piece, context: BlockContext): readonly FlexComponent[] {
  switch (piece.kind) {
    case 'heading':
      return [flexText(piece.text, { weight: 'bold', size: 'lg', color: context.theme.ink })];
    case 'text':
      return [flexText(piece.text, { size: 'sm', color: context.theme.ink })];
    case 'rich':
      return richTextToText(piece.value, (address) => address)
        .split('\n\n')
        .filter((line) => line !== '')
        .map((line) => flexText(line, { size: 'sm', color: context.theme.ink }));
    case 'image':
      return [flexImage(context.url(piece.url))];
    case 'link':
      return [];
    case 'list':
      return piece.items.map((item) => flexText(`・${item}`, { size: 'sm' }));
  }
}

const flexImage = (url: string): FlexComponent => ({
  type: 'image',
  url,
  size: 'full',
  aspectRatio: '20:13',
  aspectMode: 'cover',
});

const flexButton = (label: string, uri: string, color: string): FlexComponent => ({
  type: 'button',
  style: 'primary',
  height: 'sm',
  color,
  action: { type: 'uri', label, uri },
});
