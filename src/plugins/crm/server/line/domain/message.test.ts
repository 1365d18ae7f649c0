import { describe, expect, it } from 'vitest';

import { asMessages, faultsOf } from './message';

const text = (length: number) => ({ type: 'text', text: 'あ'.repeat(length) });
const bubble = (size = 1) => ({
  type: 'bubble',
  body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'x'.repeat(size) }] },
});
const flex = (contents: object, altText = '新着のお知らせ') => ({
  type: 'flex',
  altText,
  contents,
});
const codes = (messages: unknown[]) =>
  faultsOf(messages).map(({ path, code }) => `${path} ${code}`);

describe('limits of LINE messages', () => {
  it('let through what fits to the last character', () => {
    expect(codes([text(5000), flex(bubble()), flex(bubble(), 'x'.repeat(1500))])).toEqual([]);
  });

  it('take one to five messages', () => {
    expect(codes([])).toEqual(['messages count']);
    expect(codes(Array(6).fill(text(1)))).toEqual(['messages count']);
  });

  it('find texts that are too long or empty', () => {
    expect(codes([text(5001)])).toEqual(['messages[0].text too-long']);
    expect(codes([text(0)])).toEqual(['messages[0].text empty']);
    expect(codes([flex(bubble(), 'x'.repeat(1501))])).toEqual(['messages[0].altText too-long']);
  });

  it('find Flex that is too big', () => {
    expect(codes([flex(bubble(31 * 1024))])).toEqual(['messages[0].contents too-big']);
    const many = { type: 'carousel', contents: Array(13).fill(bubble()) };
    expect(codes([flex(many)])).toEqual(['messages[0].contents too-many-bubbles']);
    const heavy = { type: 'carousel', contents: Array(3).fill(bubble(20 * 1024)) };
    expect(codes([flex(heavy)])).toEqual(['messages[0].contents too-big']);
  });

  it('find links that LINE does not open, however deep', () => {
    const linked = (uri: string) =>
      flex({
        type: 'bubble',
        footer: { type: 'box', contents: [{ type: 'button', action: { type: 'uri', uri } }] },
      });
    expect(codes([linked('https://example.jp/')])).toEqual([]);
    expect(codes([linked('javascript:alert(1)')])).toEqual([
      'messages[0].contents.footer.contents[0].action.uri uri',
    ]);
    expect(codes([linked(`https://example.jp/${'x'.repeat(1000)}`)])[0]).toContain('too-long');
  });

  it('are not asked of what is no message', () => {
    expect(codes(['text', null, {}])).toEqual([
      'messages[0] unknown-type',
      'messages[1] unknown-type',
      'messages[2] unknown-type',
    ]);
    expect(asMessages([{}])).toBeNull();
  });
});
