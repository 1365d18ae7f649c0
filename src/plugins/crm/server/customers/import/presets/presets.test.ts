import { describe, expect, it } from 'vitest';

import { consentColumns, customerColumns } from '../../../../shared/imports';
import { fieldsOf } from '../csv-record';
import { mapHeader } from '../header';
import { readCustomer } from '../read-customer';
import { importPresets } from './table';

const columns = [...customerColumns, ...consentColumns];

/** Cells of one row as an import would have them. */
function cellsOf(header: string, row: string): Record<string, string> {
  const mapping = mapHeader(fieldsOf(header, ','), columns, importPresets);
  const cells = fieldsOf(row, ',').map((cell, index) => [mapping[index] ?? '', cell] as const);
  return Object.fromEntries(cells.filter(([key, cell]) => key !== '' && cell !== ''));
}

const customerOf = (header: string, row: string) =>
  readCustomer(cellsOf(header, row), 'Asia/Tokyo');

describe('a file of another product', () => {
  it('Mailchimp: tags in quotes of their own, a birthday without a year left out', () => {
    const header =
      '"Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS';
    const row =
      'aoi@example.jp,葵,佐藤,,090-1234-5678,04/01,2,"2024-05-06 07:08:09",,"2024-05-06 07:08:09",,,,,,,jp,13,"2024-05-06 07:08:09",1,a1b2,よいお客様,"""VIP"",""レコード"""';
    expect(customerOf(header, row)).toEqual({
      issues: [],
      fields: {
        email: 'aoi@example.jp',
        givenName: '葵',
        familyName: '佐藤',
        phone: '+819012345678',
        registeredAt: Date.parse('2024-05-06T07:08:09+09:00'),
        note: 'よいお客様',
        tags: ['VIP', 'レコード'],
      },
    });
    expect(cellsOf(`${header},Status`, `${row},unsubscribed`).consentEmail).toBe('unsubscribed');
  });

  it('FluentCRM: its own number is nobody else’s, the status is the consent to mail', () => {
    const header =
      'id,prefix,first_name,last_name,full_name,email,phone,status,contact_type,address_line_1,address_line_2,city,state,postal_code,country,date_of_birth,source,created_at,tags,lists';
    const row =
      '12,,健,鈴木,健 鈴木,ken@example.jp,,subscribed,lead,1-2-3,縁ビル,渋谷区,東京都,150-0001,JP,1990-04-01,web,2024-05-06 07:08:09,"vinyl, jazz",news';
    expect(cellsOf(header, row).consentEmail).toBe('subscribed');
    const { fields, issues } = customerOf(header, row);
    expect(issues).toEqual([]);
    expect(fields).toMatchObject({
      email: 'ken@example.jp',
      familyName: '鈴木',
      givenName: '健',
      prefecture: '東京都',
      street: '1-2-3',
      building: '縁ビル',
      birthday: '1990-04-01',
      tags: ['vinyl', 'jazz'],
    });
    expect(fields.customerNumber).toBeUndefined();
  });

  it('Lステップ: people by its ID, with their real names', () => {
    const header =
      'ID,表示名,LINE登録名,本名,システム表示名,個別メモ,友だち追加日時,ユーザーブロック';
    const row = '34567,あおい,aoi☆,佐藤 葵,あおい,常連,2024/05/06 07:08,0';
    expect(customerOf(header, row)).toEqual({
      issues: [],
      fields: {
        customerNumber: '34567',
        familyName: '佐藤',
        givenName: '葵',
        note: '常連',
        registeredAt: Date.parse('2024-05-06T07:08:00+09:00'),
      },
    });
  });

  it('is told by all its telltales, never by one heading', () => {
    expect(mapHeader(['ID', '表示名'], columns, importPresets)).toEqual([null, null]);
    expect(mapHeader(['status', 'email'], columns, importPresets)).toEqual([null, 'email']);
  });
});
