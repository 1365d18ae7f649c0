import { textOf, type BlockContext, type BlockData } from '../block';

export const web = (block: BlockData, context: BlockContext): string =>
  `<p class="button-row"><a class="button" href="${context.html(context.link(textOf(block, 'url'), 'button'))}">${context.html(textOf(block, 'label'))}</a></p>`;
