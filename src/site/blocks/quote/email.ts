import { lines, textOf, type BlockContext, type BlockData } from '../block';

export function email(block: BlockData, { html, theme }: BlockContext): string {
  const source = textOf(block, 'source');
  return `<mj-section padding="24px"><mj-column border-left="3px solid ${theme.accent}">
<mj-text padding="0 16px 8px" font-size="19px" line-height="1.75" font-weight="700">${lines(html(textOf(block, 'text')))}</mj-text>
${source ? `<mj-text padding="0 16px" font-size="13px" color="${theme.quiet}">${html(source)}</mj-text>` : ''}
</mj-column></mj-section>`;
}
