import { describe, expect, it } from 'vitest';

import { fieldGroups, recipientStatuses } from './delivery-status';

describe('recipientStatuses', () => {
  it('reads each recipient, folded lines and either line ending', () => {
    const text = [
      'Reporting-MTA: dns; mx.example.jp',
      '',
      'Final-Recipient: rfc822; a@example.jp',
      'Action: failed',
      'Status: 5.1.1 (bad mailbox)',
      'Diagnostic-Code: smtp; 550 5.1.1',
      '  <a@example.jp>: User unknown',
      '',
      'Original-Recipient: rfc822;<b@example.jp>',
      'Final-Recipient: rfc822;forwarded@other.example',
      'Action: delayed',
      'Status: 4.4.1',
    ].join('\r\n');
    expect(recipientStatuses(text)).toEqual([
      {
        address: 'a@example.jp',
        action: 'failed',
        status: '5.1.1',
        diagnostic: '550 5.1.1 <a@example.jp>: User unknown',
      },
      { address: 'b@example.jp', action: 'delayed', status: '4.4.1', diagnostic: '' },
    ]);
  });

  it('finds nobody in what is no report', () => {
    expect(recipientStatuses('Hello\n\nHow are you: fine')).toEqual([]);
    expect(fieldGroups('')).toEqual([]);
  });
});
