import { describe, expect, it } from 'vitest';

import { smsLength } from './sms-length';

describe('the length of an SMS', () => {
  it.each([
    ['', 'gsm', 0, 0],
    ['a'.repeat(160), 'gsm', 160, 1],
    ['a'.repeat(161), 'gsm', 161, 2],
    ['a'.repeat(306), 'gsm', 306, 2],
    ['a'.repeat(307), 'gsm', 307, 3],
    ['あ'.repeat(70), 'unicode', 70, 1],
    ['あ'.repeat(71), 'unicode', 71, 2],
    ['あ'.repeat(134), 'unicode', 134, 2],
    ['あ'.repeat(135), 'unicode', 135, 3],
    // One letter outside the alphabet changes how all are counted.
    [`${'a'.repeat(70)}’`, 'unicode', 71, 2],
    // Two places each, in either alphabet.
    ['€'.repeat(80), 'gsm', 160, 1],
    ['🎵'.repeat(35), 'unicode', 70, 1],
  ])('%#', (text, alphabet, length, parts) => {
    expect(smsLength(text)).toEqual({ alphabet, length, parts });
  });

  it('cuts no letter of two places in two', () => {
    // 152 and a sign of two: the sign begins the second part, where 153 would hold half of it.
    expect(smsLength(`${'a'.repeat(152)}€${'a'.repeat(151)}`).parts).toBe(2);
    expect(smsLength(`${'a'.repeat(152)}€${'a'.repeat(152)}`).parts).toBe(3);
    expect(smsLength('🎵'.repeat(66)).parts).toBe(2);
    expect(smsLength('🎵'.repeat(67)).parts).toBe(3);
  });
});
