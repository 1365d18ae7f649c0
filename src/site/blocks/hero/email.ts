import { phrases } from '../../typography';
import {
  KEEP_PHRASES,
  artPicture,
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
  const artwork = textOf(block, 'artwork');
  const eyebrow = textOf(block, 'eyebrow');
  const text = textOf(block, 'text');
  const action = buttonOf(block);
  const picture = artwork
    ? `<mj-section padding="0"><mj-column><mj-image width="600px" src="${html(context.url(artPicture(artwork, 1200)))}" alt="${html(textOf(block, 'heading'))}" /></mj-column></mj-section>`
    : '';
  return `${picture}<mj-section background-color="${ground}" padding="32px 0 20px"><mj-column>
${eyebrow ? `<mj-text font-size="13px" letter-spacing="0.08em" color="${ink}" padding-bottom="8px">${html(eyebrow)}</mj-text>` : ''}
<mj-text font-size="28px" line-height="1.45" font-weight="700" color="${ink}"><span style="${KEEP_PHRASES}">${phrases(html(textOf(block, 'heading')))}</span></mj-text>
${text ? `<mj-text color="${ink}">${lines(html(text))}</mj-text>` : ''}
${action ? `<mj-button align="left" background-color="${button}" color="${onButton}" href="${html(context.link(action.url, 'button'))}">${html(action.label)}</mj-button>` : ''}
</mj-column></mj-section>`;
}
