import { describe, expect, it } from 'vitest';
import { errorDetails } from './details';
import { messagesSchema } from './message';

const uri = { type: 'uri', label: '開く', uri: 'https://example.com/' };
const long = (length: number) => 'あ'.repeat(length);
const many = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
const text = (value: string) => ({ type: 'text', text: value });
const flex = (contents: unknown) => ({ type: 'flex', altText: '代替', contents });
const bubble = (contents: unknown[]) => ({
  type: 'bubble',
  body: { type: 'box', layout: 'vertical', contents },
});
const template = (value: unknown) => ({ type: 'template', altText: '代替', template: value });
const buttons = (over: object) =>
  template({ type: 'buttons', text: '本文', actions: [uri], ...over });
const carousel = (columns: unknown[]) => template({ type: 'carousel', columns });

function problems(...messages: unknown[]) {
  const input = { messages };
  const result = messagesSchema.safeParse(messages);
  return result.success ? [] : errorDetails(result.error, input.messages);
}

describe('messages that are just within the limits', () => {
  it.each([
    ['text of 5000', text(long(5000))],
    ['4 buttons', buttons({ actions: many(4, uri) })],
    ['text of 160 without title', buttons({ text: long(160) })],
    ['text of 60 with title', buttons({ title: '題', text: long(60) })],
    ['10 columns', carousel(many(10, { text: '本文', actions: [uri] }))],
    ['12 bubbles', flex({ type: 'carousel', contents: many(12, bubble([])) })],
    ['13 quick replies', { ...text('a'), quickReply: { items: many(13, { action: uri }) } }],
    ['a label of 20 family emoji', buttons({ actions: [{ ...uri, label: '👨‍👩‍👧‍👦'.repeat(20) }] })],
    [
      'postback data of 300',
      buttons({ actions: [{ type: 'postback', label: 'a', data: long(300) }] }),
    ],
    ['a picture from this computer', image('http://localhost:1337/a.png')],
    ['sender name', { ...text('a'), sender: { name: '店長' } }],
    ['emoji index on $', { ...text('a$'), emojis: [{ index: 1, productId: 'p', emojiId: '1' }] }],
    [
      'textV2 with braces',
      { type: 'textV2', text: '{{そのまま}} {a}', substitution: { a: { type: 'emoji' } } },
    ],
    [
      'Flex text with spans',
      flex(bubble([{ type: 'text', contents: [{ type: 'span', text: 'a' }] }])),
    ],
  ])('%s', (_name, message) => {
    expect(problems(message)).toEqual([]);
  });
});

function image(url: string) {
  return { type: 'image', originalContentUrl: url, previewImageUrl: url };
}

describe('messages beyond the limits', () => {
  it.each([
    ['text of 5001', text(long(5001)), '[0].text', 'Length must be between 0 and 5000'],
    ['empty text', text(''), '[0].text', 'May not be empty'],
    ['no text', { type: 'text' }, '[0].text', 'must be specified'],
    [
      'altText of 1501',
      { ...flex(bubble([])), altText: long(1501) },
      '[0].altText',
      'Length must be between 0 and 1500',
    ],
    [
      '5 buttons',
      buttons({ actions: many(5, uri) }),
      '[0].template.actions',
      'Size must be between 1 and 4',
    ],
    [
      'text of 61 with title',
      buttons({ title: '題', text: long(61) }),
      '[0].template.text',
      'Length must be between 0 and 60',
    ],
    [
      'title of 41',
      buttons({ title: long(41) }),
      '[0].template.title',
      'Length must be between 0 and 40',
    ],
    [
      'label of 21',
      buttons({ actions: [{ ...uri, label: long(21) }] }),
      '[0].template.actions[0].label',
      'Length must be between 0 and 20',
    ],
    [
      'confirm with 1 action',
      template({ type: 'confirm', text: 'a', actions: [uri] }),
      '[0].template.actions',
      'Size must be between 2 and 2',
    ],
    [
      '11 columns',
      carousel(many(11, { text: 'a', actions: [uri] })),
      '[0].template.columns',
      'Size must be between 1 and 10',
    ],
    [
      'uneven columns',
      carousel([
        { text: 'a', actions: [uri] },
        { text: 'b', actions: [uri, uri] },
      ]),
      '[0].template.columns',
      'the number of actions must be same across columns',
    ],
    [
      '14 quick replies',
      { ...text('a'), quickReply: { items: many(14, { action: uri }) } },
      '[0].quickReply.items',
      'Size must be between 1 and 13',
    ],
    [
      '13 bubbles',
      flex({ type: 'carousel', contents: many(13, bubble([])) }),
      '[0].contents.contents',
      'Size must be between 1 and 12',
    ],
    [
      'a bubble over 30 KB',
      flex(bubble(many(20, { type: 'text', text: long(600) }))),
      '[0].contents',
      'Size of a bubble must be up to 30 KB',
    ],
    [
      'a wrong layout',
      flex({ type: 'bubble', body: { type: 'box', layout: 'grid', contents: [] } }),
      '[0].contents.body.layout',
      'Must be one of the following values: [horizontal, vertical, baseline]',
    ],
    [
      'a wrong colour',
      flex(bubble([{ type: 'text', text: 'a', color: 'red' }])),
      '[0].contents.body.contents[0].color',
      'invalid property',
    ],
    [
      'plain http picture',
      image('http://example.com/a.png'),
      '[0].originalContentUrl',
      'Invalid URL. Must be HTTPS',
    ],
    [
      'javascript link',
      buttons({ actions: [{ ...uri, uri: 'javascript:alert(1)' }] }),
      '[0].template.actions[0].uri',
      'invalid uri scheme',
    ],
    [
      'sender that says LINE',
      { ...text('a'), sender: { name: 'LINE公式' } },
      '[0].sender.name',
      'sender.name contains a reserved word',
    ],
    [
      'emoji index beside $',
      { ...text('a$'), emojis: [{ index: 0, productId: 'p', emojiId: '1' }] },
      '[0].emojis[0].index',
      'invalid emoji index',
    ],
    ['unknown type', { type: 'hologram' }, '[0].type', 'invalid type'],
    [
      'textV2 with an unknown key',
      { type: 'textV2', text: '{名前}' },
      '[0].text',
      'invalid substitution',
    ],
    [
      'wrong delivery tag',
      { type: 'coupon', couponId: 'c', deliveryTag: 'あ' },
      '[0].deliveryTag',
      'invalid property',
    ],
  ])('%s', (_name, message, property, wanted) => {
    expect(problems(message)).toContainEqual({ property, message: wanted });
  });

  it('refuses six messages and none', () => {
    const size = { property: '', message: 'Size must be between 1 and 5' };
    expect(problems(...many(6, text('a')))).toEqual([size]);
    expect(problems()).toEqual([size]);
  });
});
