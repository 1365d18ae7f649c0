import { describe, expect, it } from 'vitest';

import type { FlexComponent } from '../../../shared/content';
import { cutGraphemes, cutUnits, jsonBytes } from './line-limits';
import { fitTexts, flexContents, lineMessages } from './line-message';

const words = (text: string): FlexComponent => ({ type: 'text', text });
const bubble = (text: string): FlexComponent => ({
  type: 'bubble',
  body: { type: 'box', layout: 'vertical', contents: [words(text)] },
});

describe('a LINE message', () => {
  it('joins what the blocks bring to one bubble', () => {
    expect(
      flexContents([{ body: [words('一')] }, { body: [words('二')], footer: [words('三')] }]),
    ).toEqual({
      type: 'bubble',
      body: {
        type: 'box',
        layout: 'vertical',
        spacing: 'md',
        contents: [words('一'), words('二')],
      },
      footer: { type: 'box', layout: 'vertical', spacing: 'sm', contents: [words('三')] },
    });
    expect(flexContents([{}])).toBeNull();
  });

  it('puts messages of their own between the bubbles of their neighbours', () => {
    const coupon = { type: 'coupon', couponId: 'c' };
    const messages = lineMessages(
      [
        { body: [words('一')], quickReplies: [{ type: 'action' }] },
        { messages: [coupon, { type: 'imagemap', altText: '' }] },
        { body: [words('二')] },
        { body: [words('三')] },
      ],
      'お知らせ',
    );
    expect(messages.map(({ type }) => type)).toEqual(['flex', 'coupon', 'imagemap', 'flex']);
    expect(messages[2]).toEqual({ type: 'imagemap', altText: 'お知らせ' });
    expect(messages.map((message) => 'quickReply' in message)).toEqual([false, false, false, true]);
    expect(lineMessages([{ quickReplies: [{ type: 'action' }] }], 'お知らせ')).toEqual([]);
  });

  it('keeps a bubble below 30 KB by dropping its end', () => {
    const body = Array.from({ length: 200 }, (_, index) => words(`${index}${'あ'.repeat(200)}`));
    const contents = flexContents([{ body }]);
    expect(jsonBytes(contents)).toBeLessThanOrEqual(30_000);
    expect(JSON.stringify(contents)).toContain('"0あ');
  });

  it('keeps a carousel to 12 bubbles and 50 KB', () => {
    const many = flexContents([{ bubbles: Array.from({ length: 20 }, () => bubble('a')) }]);
    expect(many?.contents).toHaveLength(12);
    const large = flexContents([
      { bubbles: Array.from({ length: 12 }, () => bubble('あ'.repeat(3_000))) },
    ]);
    expect(jsonBytes(large)).toBeLessThanOrEqual(50_000);
  });

  it('cuts labels as a reader counts, and never inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(cutGraphemes(family.repeat(20), 20)).toBe(family.repeat(20));
    expect(cutGraphemes(family.repeat(21), 20)).toBe(`${family.repeat(19)}…`);
    expect(cutUnits(`${'あ'.repeat(1_498)}${family}`, 1_500)).toBe(`${'あ'.repeat(1_498)}…`);
    expect(fitTexts({ action: { label: 'あ'.repeat(30), uri: 'https://x' } })).toEqual({
      action: { label: `${'あ'.repeat(19)}…`, uri: 'https://x' },
    });
  });
});
