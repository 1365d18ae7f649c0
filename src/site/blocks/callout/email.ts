import { phrases } from '../../typography';
import {
  KEEP_PHRASES,
  buttonOf,
  lines,
  textOf,
  toneColours,
  type BlockContext,
  type BlockData,
} from '../block';

export function email(block: BlockData, context: BlockContext): string {
  const { html } = context;
  const { ground, ink, button, onButton } = toneColours(block, context);
  const text = textOf(block, 'text');
  const action = buttonOf(block);
  return `<mj-section background-color="${ground}" padding="28px 0 16px"><mj-column>
<mj-text font-size="20px" line-height="1.5" font-weight="700" color="${ink}" padding-bottom="10px"><span style="${KEEP_PHRASES}">${phrases(html(textOf(block, 'heading')))}</span></mj-text>
${text ? `<mj-text color="${ink}">${lines(html(text))}</mj-text>` : ''}
${action ? `<mj-button align="left" background-color="${button}" color="${onButton}" href="${html(context.link(action.url, 'button'))}">${html(action.label)}</mj-button>` : ''}
</mj-column></mj-section>`;
}
