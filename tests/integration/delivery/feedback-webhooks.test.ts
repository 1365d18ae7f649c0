import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { customersModule } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { sendgridWebhook, snsWebhook, type Webhook } from '../../support/provider-webhooks';

import { ofMailgun, sendgridAbout, sesBounce } from './about-mail';
import { startFeedbackLab, type FeedbackLab, type SentMail } from './feedback';

let world: FeedbackLab;
beforeAll(async () => {
  world = await startFeedbackLab();
});
afterAll(() => world.stop());
beforeEach(() => world.clear());

const HOUR_MS = 3_600_000;

const ofSendgrid = (mail: SentMail, event: object, at?: number) =>
  sendgridAbout(world.keys, mail, event, at);

const hard: readonly [string, (mail: SentMail) => Webhook][] = [
  ['Amazon SES', (mail) => snsWebhook(world.keys, sesBounce(mail))],
  [
    'Amazon SES (SHA-1)',
    (mail) => snsWebhook(world.keys, sesBounce(mail), { SignatureVersion: '1' }),
  ],
  [
    'SendGrid',
    (mail) =>
      ofSendgrid(mail, { event: 'bounce', status: '5.1.1', reason: '550 5.1.1 User unknown' }),
  ],
  [
    'Mailgun',
    (mail) =>
      ofMailgun(mail, {
        event: 'failed',
        severity: 'permanent',
        'delivery-status': { code: 550, message: '5.1.1 User unknown' },
      }),
  ],
];

describe('a hard bounce', () => {
  it.each(hard)('told by %s suppresses the address, once, and is shown', async (_, webhook) => {
    const mail = await world.send('gone@example.jp');
    const told = webhook(mail);
    expect(await world.tell(told)).toEqual({ status: 200, accepted: 1 });
    expect(await world.tell(told)).toEqual({ status: 200, accepted: 0 });
    expect(await world.isSuppressed('gone@example.jp')).toBe(true);
    expect(await world.eventTypes()).toEqual(['bounce']);

    const report = await world.lab.admin.get(`/crm/campaigns/${mail.campaign}/report`);
    expect(report.body).toMatchObject({ data: { counts: { accepted: 1, bounced: 1 } } });
    const list = await world.lab.admin.get(
      `/crm/campaigns/${mail.campaign}/recipients?state=bounced`,
    );
    expect(list.body).toMatchObject({ data: [{ address: 'gone@example.jp' }] });
    const timeline = await customersModule()
      .customersService(world.lab.app.strapi)
      .timeline(mail.customerId, { limit: 5, kinds: ['message'] });
    expect(timeline.entries.map(({ type }) => type)).toEqual(['bounce', 'accepted']);
    expect(await world.sendAgain('gone@example.jp')).toBeNull();
  });

  it('of an address without our reference still counts: the provider signed it', async () => {
    const mail = await world.send('gone@example.jp');
    const unnamed = { ...mail, messageId: '<nothing@elsewhere.example>' };
    const event = { event: 'bounce', status: '5.1.1', reason: 'User unknown' };
    expect((await world.tell(ofSendgrid(unnamed, event))).accepted).toBe(1);
    expect(await world.isSuppressed('gone@example.jp')).toBe(true);
    expect(await world.eventTypes()).toEqual(['bounce']);
  });
});

describe('soft bounces', () => {
  const full = { event: 'bounce', status: '5.2.2', reason: '552 5.2.2 mailbox full' };

  it('suppress when so many mails came back, and not before', async () => {
    let mail = await world.send('full@example.jp');
    for (const isLast of [false, false, true]) {
      expect((await world.tell(ofSendgrid(mail, full))).accepted).toBe(1);
      // The same mail again is one mail that bounced.
      expect((await world.tell(ofSendgrid(mail, { ...full, again: 1 }))).accepted).toBe(1);
      expect(await world.isSuppressed('full@example.jp')).toBe(isLast);
      if (!isLast) mail = (await world.sendAgain('full@example.jp')) ?? mail;
    }
  });

  it('count anew after she opened one, and fade with time', async () => {
    const clock = kernel().clock(world.lab.app.strapi);
    let mail = await world.send('full@example.jp');
    const bounce = () => world.tell(ofSendgrid(mail, full, clock.now().getTime()));
    const next = async () => {
      clock.advance(HOUR_MS);
      mail = (await world.sendAgain('full@example.jp')) ?? mail;
    };
    await bounce();
    await next();
    await bounce();
    await world.lab
      .db()('crm_message_events')
      .insert({
        message_id: 1,
        customer_id: mail.customerId,
        type: 'open',
        at: clock.now().getTime() + 1,
        is_machine: false,
      });
    await next();
    await bounce();
    expect(await world.isSuppressed('full@example.jp')).toBe(false);
    clock.advance(31 * 24 * HOUR_MS);
    for (let mails = 0; mails < 2; mails += 1) {
      await next();
      await bounce();
    }
    expect(await world.isSuppressed('full@example.jp')).toBe(false);
    await next();
    await bounce();
    expect(await world.isSuppressed('full@example.jp')).toBe(true);
  });

  it('of policy and passing failures never suppress', async () => {
    const mail = await world.send('strict@example.jp');
    const refused = { event: 'bounce', status: '5.7.1', reason: '550 5.7.1 blocked' };
    for (const number of [1, 2, 3, 4]) {
      await world.tell(ofSendgrid(mail, { ...refused, number }));
    }
    const later = { event: 'failed', severity: 'temporary', 'delivery-status': { code: 450 } };
    expect((await world.tell(ofMailgun(mail, later))).accepted).toBe(0);
    expect(await world.isSuppressed('strict@example.jp')).toBe(false);
  });
});

describe('a complaint', () => {
  const complaints: readonly [string, (mail: SentMail) => Webhook][] = [
    [
      'Amazon SES',
      (mail) =>
        snsWebhook(world.keys, {
          notificationType: 'Complaint',
          mail: { headers: [{ name: 'Message-ID', value: mail.messageId }] },
          complaint: { complainedRecipients: [{ emailAddress: mail.address }] },
        }),
    ],
    ['SendGrid', (mail) => ofSendgrid(mail, { event: 'spamreport' })],
    ['Mailgun', (mail) => ofMailgun(mail, { event: 'complained' })],
  ];

  it.each(complaints)('told by %s suppresses and withdraws consent', async (_, webhook) => {
    const mail = await world.send('angry@example.jp');
    expect((await world.tell(webhook(mail))).accepted).toBe(1);
    expect(await world.isSuppressed('angry@example.jp')).toBe(true);
    const ledger = await world.lab
      .db()('crm_consents')
      .where({ customer_id: mail.customerId, granted: false })
      .select('source', 'channel');
    expect(ledger).toEqual([{ source: 'complaint', channel: 'email' }]);
    const report = await world.lab.admin.get(`/crm/campaigns/${mail.campaign}/report`);
    expect(report.body).toMatchObject({ data: { counts: { complained: 1 } } });
  });
});

describe('a webhook that is not the provider’s', () => {
  const unchanged = async () => {
    expect(await world.isSuppressed('safe@example.jp')).toBe(false);
    expect(await world.eventTypes()).toEqual([]);
  };
  const bend = (webhook: Webhook, from: string | RegExp, to: string): Webhook => ({
    ...webhook,
    body: webhook.body.replace(from, to),
  });

  it('is refused: forged, bent, unsigned, signed by another key', async () => {
    const mail = await world.send('safe@example.jp');
    const event = { event: 'bounce', status: '5.1.1', reason: 'User unknown' };
    const sendgrid = ofSendgrid(mail, event);
    const mailgun = ofMailgun(mail, { event: 'complained' });
    const ses = snsWebhook(world.keys, sesBounce(mail));
    const others = await import('../../support/provider-webhooks');
    const foreign = others.providerKeys();
    const forged: Webhook[] = [
      bend(sendgrid, '5.1.1', '5.1.2'),
      { ...sendgrid, headers: { 'content-type': 'application/json' } },
      sendgridWebhook(foreign, [{ ...event, email: mail.address, sg_event_id: 'x' }]),
      bend(mailgun, /"signature":"[0-9a-f]/, '"signature":"z'),
      bend(mailgun, /"timestamp":"\d/, '"timestamp":"9'),
      bend(ses, '5.1.1', '5.1.2'),
      bend(ses, /"Signature":"./, '"Signature":"!'),
      snsWebhook(foreign, sesBounce(mail)),
      snsWebhook(world.keys, sesBounce(mail), { TopicArn: 'arn:aws:sns:us-east-1:666:evil' }),
      { ...ses, body: '{}' },
      { ...mailgun, body: '[]' },
    ];
    for (const webhook of forged) {
      expect([webhook.provider, await world.tell(webhook)]).toEqual([
        webhook.provider,
        { status: 401, accepted: undefined },
      ]);
    }
    await unchanged();
  });

  it('is deaf to a proof that was used for something else, also for what means nothing', async () => {
    const mail = await world.send('safe@example.jp');
    const harmless: readonly object[] = [
      { event: 'opened' },
      { event: 'failed', severity: 'temporary' },
      { event: 'delivered' },
      // About a mail that is none of ours.
      { event: 'complained', recipient: '', message: { headers: { 'message-id': 'a@b' } } },
    ];
    for (const event of harmless) {
      const told = ofMailgun(mail, event);
      expect((await world.tell(told)).status).toBe(200);
      const captured = JSON.parse(told.body) as { signature: object };
      const other = JSON.parse(ofMailgun(mail, { event: 'complained' }).body) as object;
      const body = JSON.stringify({ ...other, signature: captured.signature });
      expect([event, await world.tell({ ...told, body })]).toEqual([
        event,
        { status: 200, accepted: 0 },
      ]);
    }
    expect(await world.isSuppressed('safe@example.jp')).toBe(false);
  });

  it('is refused when it was recorded days ago', async () => {
    const mail = await world.send('safe@example.jp');
    const old = Date.now() - 48 * HOUR_MS;
    const event = { event: 'bounce', status: '5.1.1', reason: 'User unknown' };
    for (const webhook of [
      ofSendgrid(mail, event, old),
      ofMailgun(mail, { event: 'complained' }, old),
      snsWebhook(world.keys, sesBounce(mail), { Timestamp: new Date(old).toISOString() }),
    ]) {
      expect((await world.tell(webhook)).status).toBe(401);
    }
    await unchanged();
  });

  it('never makes us ask an address that is not Amazon’s', async () => {
    const mail = await world.send('safe@example.jp');
    world.asked.length = 0;
    for (const address of [
      'http://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://127.0.0.1/SimpleNotificationService-1.pem',
      'https://169.254.169.254/SimpleNotificationService-1.pem',
      'https://sns.ap-northeast-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
      'https://sns.ap-northeast-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem',
      'https://evil.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.ap-northeast-1.amazonaws.com/evil.pem',
    ]) {
      const webhook = snsWebhook(world.keys, sesBounce(mail), { SigningCertURL: address });
      expect([address, (await world.tell(webhook)).status]).toEqual([address, 401]);
    }
    expect(world.asked).toEqual([]);
    await unchanged();
  });

  it('confirms a subscription of our topic only, and at Amazon only', async () => {
    const confirm = (change: Record<string, string>) =>
      snsWebhook(
        world.keys,
        {},
        {
          Type: 'SubscriptionConfirmation',
          Token: 'token',
          SubscribeURL: 'https://sns.ap-northeast-1.amazonaws.com/?Action=ConfirmSubscription',
          ...change,
        },
      );
    world.asked.length = 0;
    expect((await world.tell(confirm({ TopicArn: 'arn:aws:sns:x:1:evil' }))).status).toBe(401);
    expect(world.asked).toEqual([]);
    expect((await world.tell(confirm({}))).status).toBe(200);
    expect(world.asked.at(-1)).toContain('Action=ConfirmSubscription');
    const inside = await world.tell(confirm({ SubscribeURL: 'https://10.0.0.1/' }));
    expect(inside.status).toBe(401);
    expect(world.asked.filter((url) => url.includes('10.0.0.1'))).toEqual([]);
  });

  it('finds no door for providers that nobody configured', async () => {
    const webhook = { provider: 'postmark', body: '{}', headers: {} };
    expect(
      (await world.tell({ ...webhook, headers: { 'content-type': 'application/json' } })).status,
    ).toBe(404);
  });
});
