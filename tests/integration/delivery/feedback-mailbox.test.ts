import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { carrierNotice, complaintNotice, statusNotice } from '../../support/notices';

import { startFeedbackLab, type FeedbackLab } from './feedback';

let world: FeedbackLab;
beforeAll(async () => {
  world = await startFeedbackLab();
});
afterAll(() => world.stop());
beforeEach(() => world.clear());

const gone = { status: '5.1.1', diagnostic: '550 5.1.1 User unknown' };

const mark = async () =>
  (await world.lab.db()('crm_feedback_mailboxes').first()) as {
    last_uid: number | string;
    error: string | null;
    failed_at: number | string | null;
  };

describe('the bounce mailbox', () => {
  it('suppresses what came back hard, and reads no mail twice', async () => {
    const mail = await world.send('gone@example.jp');
    expect(mail.returnPath).toMatch(/^bounces\+[0-9a-z]+\.[0-9a-f-]{36}@enishi-records\.example$/);
    world.imap.deliver(
      statusNotice({ to: mail.returnPath, address: mail.address, about: mail.messageId }, gone),
    );
    await world.poll();
    expect(await world.isSuppressed(mail.address)).toBe(true);
    expect(await world.eventTypes()).toEqual(['bounce']);

    const before = world.imap.commands.length;
    await world.poll();
    expect(world.imap.commands.slice(before).some((command) => /FETCH/.test(command))).toBe(false);
    world.imap.renumber();
    await world.poll();
    expect(await world.eventTypes()).toEqual(['bounce']);
    expect(world.imap.commands.some((command) => /STORE|SELECT |EXPUNGE/.test(command))).toBe(
      false,
    );
  });

  it('understands a carrier that only answers the envelope, in ISO-2022-JP', async () => {
    const mail = await world.send('kara@docomo.ne.jp');
    const words = '送信先メールアドレスが見つかりません。';
    world.imap.deliver(
      carrierNotice({ to: mail.returnPath, address: mail.address, id: mail.returnPath }, words),
    );
    await world.poll();
    expect(await world.isSuppressed('kara@docomo.ne.jp')).toBe(true);
    const [event] = await world.lab.db()('crm_message_events').select('detail');
    expect(event).toEqual({ detail: words });
  });

  it('withdraws consent on a complaint, and notes an answer', async () => {
    const mail = await world.send('angry@example.jp');
    const options = { to: mail.returnPath, address: mail.address, about: mail.messageId };
    world.imap.deliver(
      `From: ${mail.address}\r\nSubject: Re:\r\nMessage-ID: <r@x>\r\nIn-Reply-To: ${mail.messageId}\r\n\r\n質問です`,
    );
    world.imap.deliver(complaintNotice({ ...options, id: mail.returnPath }));
    await world.poll();
    expect(await world.eventTypes()).toEqual(['reply', 'complaint']);
    const [state] = await world.lab.db()('crm_consent_states').select('granted');
    expect(Boolean(state.granted)).toBe(false);
  });

  it('believes no forger: only who saw the mail knows its number', async () => {
    const mail = await world.send('safe@example.jp');
    const [id] = mail.messageId.replace('<', '').split('.');
    for (const about of [
      undefined,
      `<${id}.00000000-0000-4000-8000-000000000000@enishi-records.example>`,
    ]) {
      world.imap.deliver(
        statusNotice(
          { to: 'bounces@enishi-records.example', address: mail.address, about, id: `f${about}` },
          gone,
        ),
      );
    }
    await world.poll();
    expect(await world.isSuppressed('safe@example.jp')).toBe(false);
    expect(await world.eventTypes()).toEqual([]);
  });

  it('says when it cannot be read, and goes on where it was', async () => {
    await world.poll();
    const { last_uid: before } = await mark();
    world.imap.isLocked = true;
    await world.poll();
    expect(await mark()).toMatchObject({ last_uid: before });
    expect((await mark()).error).not.toBeNull();
    world.imap.isLocked = false;
    await world.poll();
    expect(await mark()).toMatchObject({ error: null });
  });
});
