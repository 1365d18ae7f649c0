import { buttonOf, textOf, type BlockContext, type BlockData } from '../block';

export function text(block: BlockData, context: BlockContext): string {
  const button = buttonOf(block);
  return [
    `■ ${textOf(block, 'heading')}`,
    textOf(block, 'text'),
    button ? `${button.label}\n${context.link(button.url, 'button')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
