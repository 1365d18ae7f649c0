/** A campaign that arrived, and ways to tell what became of it: shared by the tests of feedback. */
import { createPeople, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { compiled, kernel } from '../../support/crm';
import { IMAP_PASSWORD, IMAP_USER, startFakeImap, type FakeImap } from '../../support/fake-imap';
import {
  CERTIFICATE_URL,
  MAILGUN_KEY,
  providerKeys,
  TOPIC,
  type ProviderKeys,
  type Webhook,
} from '../../support/provider-webhooks';

type Consent = typeof import('../../../src/plugins/crm/server/consent');

export interface SentMail {
  readonly customerId: number;
  readonly campaign: string;
  readonly address: string;
  readonly messageId: string;
  readonly returnPath: string;
}

export interface FeedbackLab {
  readonly lab: CampaignLab;
  readonly imap: FakeImap;
  readonly keys: ProviderKeys;
  /** What the test's stand-in for the world was asked for. */
  readonly asked: string[];
  /** A campaign to one person, taken by the mail server. */
  send(address: string): Promise<SentMail>;
  /** Another campaign to everybody; its mail to `address`. */
  sendAgain(address: string): Promise<SentMail | null>;
  tell(webhook: Webhook): Promise<{ status: number; accepted: number | undefined }>;
  poll(): Promise<void>;
  isSuppressed(address: string): Promise<boolean>;
  eventTypes(): Promise<string[]>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const settings = (imap: FakeImap, keys: ProviderKeys) => ({
  MAIL_RETURN_PATH: 'bounces@enishi-records.example',
  BOUNCE_IMAP_HOST: '127.0.0.1',
  BOUNCE_IMAP_PORT: String(imap.port),
  BOUNCE_IMAP_SECURE: 'false',
  BOUNCE_IMAP_USER: IMAP_USER,
  BOUNCE_IMAP_PASSWORD: IMAP_PASSWORD,
  SES_TOPIC_ARNS: TOPIC,
  SENDGRID_WEBHOOK_KEY: keys.sendgrid.publicKey,
  MAILGUN_SIGNING_KEY: MAILGUN_KEY,
  SOFT_BOUNCE_LIMIT: '3',
  SOFT_BOUNCE_DAYS: '30',
});

/** The test stands in for Amazon's servers. */
function answerForAmazon({ app }: CampaignLab, { amazon }: ProviderKeys, asked: string[]): void {
  kernel()
    .outbound(app.strapi)
    .answerWith((url) => {
      asked.push(url.href);
      return Promise.resolve(url.href === CERTIFICATE_URL ? amazon.pem : '<ok/>');
    });
}

async function sendTo(lab: CampaignLab, customerId: number, address: string) {
  const before = lab.smtp.mails.length;
  const campaign = await lab.createCampaign();
  await lab.admin.post(`/crm/campaigns/${campaign}/send`);
  await lab.drain();
  const mail = lab.smtp.mails.slice(before).find(({ to }) => to[0] === address);
  if (!mail) return null;
  const { messageId = '' } = await mail.parse();
  return { customerId, campaign, address, messageId, returnPath: mail.from };
}

async function tell(origin: string, { provider, body, headers }: Webhook) {
  const answer = await fetch(`${origin}/api/crm/mail-feedback/${provider}`, {
    method: 'POST',
    headers,
    body,
  });
  const { data } = (await answer.json()) as { data: { accepted: number } | null };
  return { status: answer.status, accepted: data?.accepted };
}

export async function startFeedbackLab(): Promise<FeedbackLab> {
  const imap = await startFakeImap();
  const keys = providerKeys();
  const lab = await startCampaignLab(settings(imap, keys));
  const { strapi, origin } = lab.app;
  const asked: string[] = [];
  answerForAmazon(lab, keys, asked);
  let lastPerson = 0;

  return {
    lab,
    imap,
    keys,
    asked,
    async send(address) {
      const people = [{ familyName: '佐藤', email: address, consent: true }];
      [lastPerson = 0] = await createPeople(lab.app, people);
      const mail = await sendTo(lab, lastPerson, address);
      if (!mail) throw new Error(`nothing was sent to ${address}`);
      return mail;
    },
    sendAgain: (address) => sendTo(lab, lastPerson, address),
    tell: (webhook) => tell(origin, webhook),
    poll: () => kernel().jobs(strapi).fire('delivery.feedback-mailbox'),
    isSuppressed: (address) =>
      compiled<Consent>('consent').consentService(strapi).isSuppressed('email', address),
    async eventTypes() {
      const rows: { type: string }[] = await lab.db()('crm_message_events').orderBy('id');
      return rows.map(({ type }) => type);
    },
    async clear() {
      await lab.clear();
      await lab.db()('crm_feedback').delete();
    },
    async stop() {
      await lab.stop();
      await imap.stop();
    },
  };
}
