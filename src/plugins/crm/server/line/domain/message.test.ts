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

  it('find media that LINE cannot fetch or play', () => {
    const video = (originalContentUrl: string, previewImageUrl = 'https://example.jp/a.jpg') => ({
      ...{ type: 'video', originalContentUrl, previewImageUrl },
    });
    expect(codes([video('https://example.jp/a.mp4'), video('http://localhost:1337/a')])).toEqual(
      [],
    );
    expect(codes([video('http://example.jp/a.mp4', '')])).toEqual([
      'messages[0].originalContentUrl not-https',
      'messages[0].previewImageUrl empty',
    ]);
    expect(codes([video('https://example.jp/a.MOV?x=1')])).toEqual([
      'messages[0].originalContentUrl not-mp4',
    ]);
  });

  it('find places beside the picture of an imagemap', () => {
    const imagemap = (y: number, action: object) => ({
      type: 'imagemap',
      baseUrl: 'https://example.jp/p',
      altText: '会場',
      baseSize: { width: 1040, height: 520 },
      actions: [{ ...action, area: { x: 0, y, width: 1040, height: 260 } }],
    });
    const said = (text: string) => ({ type: 'message', text });
    expect(codes([imagemap(260, said('x'.repeat(400)))])).toEqual([]);
    expect(codes([imagemap(261, said('はい'))])).toEqual(['messages[0].actions[0].area outside']);
    expect(codes([imagemap(0, said('x'.repeat(401)))])).toEqual([
      'messages[0].actions[0].text too-long',
    ]);
    expect(codes([imagemap(0, { type: 'uri', linkUri: 'ftp://x' })])).toEqual([
      'messages[0].actions[0].linkUri uri',
    ]);
  });

  it('find quick replies that are too many or say nothing', () => {
    const replies = (...actions: object[]) => ({
      ...text(1),
      quickReply: { items: actions.map((action) => ({ type: 'action', action })) },
    });
    const yes = { type: 'message', label: 'はい', text: 'はい' };
    expect(codes([replies(...Array<object>(13).fill(yes))])).toEqual([]);
    expect(codes([replies(...Array<object>(14).fill(yes))])).toEqual([
      'messages[0].quickReply.items too-many',
    ]);
    expect(codes([replies({ type: 'postback', label: '', data: '' })])).toEqual([
      'messages[0].quickReply.items[0].action.label empty',
      'messages[0].quickReply.items[0].action.data empty',
    ]);
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
