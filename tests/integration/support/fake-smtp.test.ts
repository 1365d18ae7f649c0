import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';

let smtp: FakeSmtp;

/** `patience`: how long an answer is waited for, in milliseconds. */
function send(to = 'hanako@example.jp', patience = 60_000) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: smtp.port,
    socketTimeout: patience,
  });
  const mail = { from: 'shop@example.jp', to, subject: '新譜のお知らせ', text: '縁レコードです' };
  return transport.sendMail(mail).finally(() => transport.close());
}

beforeEach(async () => {
  smtp = await startFakeSmtp();
});

afterEach(() => smtp.stop());

describe('the SMTP server of the tests', () => {
  it('keeps what it was sent', async () => {
    await send();
    const [mail] = await smtp.received(1);
    expect(mail).toMatchObject({ from: 'shop@example.jp', to: ['hanako@example.jp'] });
    expect(await mail?.parse()).toMatchObject({ subject: '新譜のお知らせ' });
  });

  it.each([
    ['connect', 421],
    ['mail', 450],
    ['rcpt', 550],
    ['data', 552],
  ] as const)('refuses at %s with %i', async (stage, code) => {
    smtp.fault = (moment) => (moment.stage === stage ? { code, message: 'no' } : undefined);
    await expect(send()).rejects.toMatchObject({ responseCode: code });
    expect(smtp.mails).toHaveLength(0);
  });

  it('refuses one recipient and takes the next', async () => {
    smtp.fault = ({ stage, address }) =>
      stage === 'rcpt' && address.startsWith('gone') ? { code: 550, message: 'gone' } : undefined;
    await expect(send('gone@example.jp')).rejects.toMatchObject({ responseCode: 550 });
    await send();
    expect(smtp.mails.map((mail) => mail.to)).toEqual([['hanako@example.jp']]);
  });

  it.each([
    ['silence', 0],
    ['drop', 0],
    ['take-then-drop', 1],
  ] as const)('leaves the sender in doubt after DATA by %s', async (fault, taken) => {
    smtp.fault = ({ stage }) => (stage === 'data' ? fault : undefined);
    const sent = send(undefined, fault === 'silence' ? 1_000 : undefined);
    await expect(sent).rejects.toThrow();
    expect(smtp.mails).toHaveLength(taken);
  });
});
