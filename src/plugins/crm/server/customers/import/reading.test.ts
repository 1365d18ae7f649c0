import { describe, expect, it } from 'vitest';

import {
  orderColumns,
  paymentColumns,
  productColumns,
  returnColumns,
  subscriptionColumns,
} from '../../../shared/import-columns';
import { customerColumns } from '../../../shared/imports';
import { emptyCustomer } from '../domain/empty-customer';
import { fieldsOf, isOpenRecord } from './csv-record';
import { linesOf, recordsOf } from './csv-reader';
import { detectDelimiter, mapHeader } from './header';
import { mergeBatch } from './merge-batch';
import { readCustomer } from './read-customer';

async function* chunksOf(text: string, size: number) {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

async function read(text: string, size = 7) {
  const records = [];
  for await (const some of recordsOf(linesOf(chunksOf(text, size)), () => ',')) {
    records.push(...some);
  }
  return records;
}

describe('a record', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['7" single,LP', ['7" single', 'LP']],
    ['"a"b,c', ['ab', 'c']],
    [',,', ['', '', '']],
    ['', ['']],
  ])('%s is read', (text, fields) => {
    expect(fieldsOf(text, ',')).toEqual(fields);
    expect(isOpenRecord(text, ',')).toBe(false);
  });

  it('goes on over a quoted line break only', () => {
    expect(isOpenRecord('a,"b', ',')).toBe(true);
    expect(isOpenRecord('a,b"', ',')).toBe(false);
  });
});

describe('a file', () => {
  it('is read the same however it is cut into chunks', async () => {
    const text = 'a,b\r\n"x\ny",2\r\n\r\nlast,3';
    for (const size of [1, 2, 3, 100]) {
      expect(await read(text, size)).toEqual([
        { line: 1, text: 'a,b' },
        { line: 2, text: '"x\ny",2' },
        { line: 5, text: 'last,3' },
      ]);
    }
  });

  /** What reading a stream of so many chunks gives, and how much memory it took at most, in MB. */
  async function readLong(head: string, chunk: string, count: number, tail: string) {
    async function* stream() {
      yield head;
      for (let sent = 0; sent < count; sent += 1) yield chunk;
      yield tail;
    }
    const before = process.memoryUsage.rss();
    const found = { good: [] as string[], broken: 0, longest: 0, memory: 0 };
    for await (const some of recordsOf(linesOf(stream()), () => ',')) {
      for (const record of some) {
        if (record.broken) found.broken += 1;
        else found.good.push(record.text);
        found.longest = Math.max(found.longest, record.text.length);
      }
      found.memory = Math.max(found.memory, (process.memoryUsage.rss() - before) / 1e6);
    }
    return found;
  }

  it('with a line of a gigabyte loses that line, in little memory', async () => {
    const chunk = 'x'.repeat(262_144);
    const { memory, ...found } = await readLong('a,b\n1,', chunk, 4096, '\n2,ok\n');
    expect(found.good).toEqual(['a,b', '2,ok']);
    expect(found.broken).toBe(1);
    expect(found.longest).toBeLessThan(300_000);
    expect(memory).toBeLessThan(200);
  });

  it('with a hundred megabytes of quotes loses those lines, in little memory', async () => {
    const endless = await readLong('a,b\n', '"'.repeat(262_144), 400, '\n2,ok\n');
    expect([endless.good, endless.broken]).toEqual([['a,b', '2,ok'], 1]);
    // 700 MB would be half a million lines that all begin a quote and never close one.
    const opening = `1,"${'x'.repeat(1000)}\n2,${'""'.repeat(500)}\n`;
    const open = await readLong('a,b\n', opening.repeat(100), 500, '3,ok\n');
    expect(open.good.at(-1)).toBe('3,ok');
    expect(open.memory).toBeLessThan(200);
  });

  it('loses one row to an unclosed quote, not the rest', async () => {
    const rest = Array.from({ length: 120 }, (_, index) => `row${index},x`);
    const records = await read(['h,h', '"broken,1', ...rest].join('\n'), 1000);
    expect(records).toHaveLength(122);
    expect(records[1]).toEqual({ line: 2, text: '"broken,1', broken: 'unclosed-quote' });
    expect(records.at(-1)).toEqual({ line: 122, text: 'row119,x' });
  });

  it('does not take a quote far below for the end of an unclosed one', async () => {
    const rest = Array.from({ length: 60 }, (_, index) => `row${index},x`);
    const records = await read(['h,h', '"broken,1', ...rest, '"quoted",x'].join('\n'), 1000);
    expect(records).toHaveLength(63);
    expect(records.at(-1)).toEqual({ line: 63, text: '"quoted",x' });
  });

  it('keeps no line that is too long to be one', async () => {
    const records = await read(`h\n${'x'.repeat(300_000)}\nok`, 50_000);
    expect(records.map((record) => [record.line, record.broken])).toEqual([
      [1, undefined],
      [2, 'line-too-long'],
      [3, undefined],
    ]);
    expect(records[1]?.text.length).toBeLessThan(200_000);
  });
});

describe('headings', () => {
  it('are understood in both languages and any spelling', () => {
    expect(
      mapHeader(
        ['顧客番号', 'Last Name', 'first_name', 'ＴＥＬ', 'メールアドレス', '謎', 'e-mail'],
        customerColumns,
      ),
    ).toEqual(['customerNumber', 'familyName', 'givenName', 'phone', 'email', null, null]);
    expect(mapHeader(['注文番号', 'customerExternalId', '合計金額'], orderColumns)).toEqual([
      'orderNumber',
      'customerNumber',
      'total',
    ]);
  });

  it('mean one column each', () => {
    for (const columns of [
      customerColumns,
      orderColumns,
      paymentColumns,
      productColumns,
      returnColumns,
      subscriptionColumns,
    ]) {
      const headings = columns.flatMap((column) => column.headings);
      for (const heading of headings) {
        const owner = columns.find((column) => column.headings.includes(heading));
        expect([heading, mapHeader([heading], columns)[0]]).toEqual([heading, owner?.key]);
      }
    }
  });

  it('tell the delimiter', () => {
    expect(['a,b', 'a\tb', 'a;b;c', 'a'].map(detectDelimiter)).toEqual([',', '\t', ';', ',']);
  });
});

describe('a row', () => {
  it('says only what its cells say', () => {
    const { fields, issues } = readCustomer(
      { customerNumber: '1', fullName: '山田 太郎', tags: 'a、b;', locale: '英語', madeUp: 'true' },
      'Asia/Tokyo',
    );
    expect(issues).toEqual([]);
    expect(fields).toEqual({
      customerNumber: '1',
      familyName: '山田',
      givenName: '太郎',
      tags: ['a', 'b'],
      locale: 'en',
      madeUp: true,
    });
  });
});

describe('a batch', () => {
  const known = { ...emptyCustomer, id: 1, documentId: 'd', createdAt: 0 };
  const ann = { ...known, customerNumber: 'A', email: 'a@example.jp', familyName: '安' };
  const people = { byNumber: new Map([['A', ann]]), byEmail: new Map([['a@example.jp', ann]]) };
  const merge = (...rows: object[]) =>
    mergeBatch(
      rows.map((fields, index) => ({ line: index + 2, fields })),
      people,
      emptyCustomer,
    );

  it('meets a known person by number or e-mail as one', () => {
    const merged = merge(
      { customerNumber: 'A', phone: '+81' },
      { email: 'a@example.jp', city: '渋谷区' },
    );
    expect(merged.people).toHaveLength(1);
    expect(merged.people[0]?.after).toMatchObject({
      phone: '+81',
      city: '渋谷区',
      familyName: '安',
    });
    expect([merged.created, merged.updated, merged.unchanged]).toEqual([0, 2, 0]);
  });

  it('makes a new person once, however often the file names them', () => {
    const merged = merge(
      { customerNumber: 'B' },
      { customerNumber: 'B', email: 'b@example.jp' },
      { email: 'b@example.jp' },
    );
    expect(merged.people).toHaveLength(1);
    expect([merged.created, merged.updated, merged.unchanged]).toEqual([1, 1, 1]);
  });

  it('merges nobody on keys that contradict each other', () => {
    const bob = { ...known, id: 2, customerNumber: 'B', email: 'b@example.jp' };
    const both = {
      byNumber: new Map([...people.byNumber, ['B', bob]]),
      byEmail: new Map([...people.byEmail, ['b@example.jp', bob]]),
    };
    const row = { line: 2, fields: { customerNumber: 'A', email: 'b@example.jp' } };
    expect(mergeBatch([row], both, emptyCustomer).refused).toHaveLength(1);
    const merged = merge({ customerNumber: 'B', email: 'a@example.jp' }, { customerNumber: 'B' });
    expect(merged.refused).toEqual([
      { line: 2, issues: [{ column: 'email', code: 'email-taken' }] },
    ]);
    expect(merged.created).toBe(1);
  });
});
