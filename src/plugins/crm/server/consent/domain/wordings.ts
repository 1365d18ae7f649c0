import type { ConsentChannel, ConsentWording } from '../../../shared/consent';

/** The key under which a channel's wording is versioned. */
export const wordingKey = (purpose: string, channel: ConsentChannel): string =>
  `${purpose}.${channel}`;

const texts: Readonly<Record<ConsentChannel, { ja: string; en: string }>> = {
  email: {
    ja: '新着やキャンペーンのご案内を、メールで受け取ります。配信はいつでも停止できます。',
    en: 'I would like to receive news and offers by e-mail. I can stop them at any time.',
  },
  line: {
    ja: '新着やキャンペーンのご案内を、LINEで受け取ります。配信はいつでも停止できます。',
    en: 'I would like to receive news and offers on LINE. I can stop them at any time.',
  },
  sms: {
    ja: '新着やキャンペーンのご案内を、SMSで受け取ります。配信はいつでも停止できます。',
    en: 'I would like to receive news and offers by text message. I can stop them at any time.',
  },
  postal: {
    ja: '新着やキャンペーンのご案内を、郵便で受け取ります。いつでも停止できます。',
    en: 'I would like to receive news and offers by post. I can stop them at any time.',
  },
};

/** Version 1, valid from the beginning: what forms show until an operator writes their own. */
export const initialWordings: readonly ConsentWording[] = Object.entries(texts).flatMap(
  ([channel, text]) =>
    (['ja', 'en'] as const).map((locale) => ({
      key: wordingKey('marketing', channel as ConsentChannel),
      version: 'v1',
      locale,
      text: text[locale],
      validFrom: 0,
    })),
);
