import type { SeedPage } from '../types';
import { picture, prose, quote } from '../write';

export const aboutPage: SeedPage = {
  slug: 'about',
  access: null,
  ja: {
    title: '縁レコードについて',
    description: '神宮前の小さな店から、全国へ。縁レコードのことをご紹介します。',
    blocks: [
      prose(
        '## 一枚ずつ、聴いてから',
        '縁レコードは、2009年に神宮前の裏通りで始まった、六坪の店です。扱うのは、国内の小さなレーベルが作る盤。届いた箱を開け、一枚ずつ針を下ろし、私たちが手放したくないと思ったものだけを棚に並べています。',
        '「縁」という名前は、レコードの縁（ふち）と、人の縁（えん）の両方から取りました。盤の端に針を下ろした瞬間から、誰かと誰かがつながっていく。そのお手伝いをするのが、私たちの仕事です。',
      ),
      picture('arches-omise', '並んだ扉を描いた絵', '店の前の通り。開店は13時です。'),
      quote('売れる盤ではなく、手放せない盤を。', '店主'),
      prose(
        '## お届けについて',
        '送料は全国一律520円、1万円以上のお買い上げで無料です。厚紙で二重に包み、角が傷まないようにお送りします。',
        '## 店舗',
        '〒150-0001 東京都渋谷区神宮前1-2-3。13時から20時まで、水曜定休です。',
      ),
    ],
  },
  en: {
    title: 'About Enishi Records',
    description: 'From a small shop in Jingumae to all of Japan.',
    blocks: [
      prose(
        '## Played before it is chosen',
        'Enishi Records began in 2009 as a shop of twenty square metres in a back street of Jingumae. We sell records by small labels in Japan. We open the box, play every one of them, and put on the shelf only those we would rather keep.',
        '“Enishi” is written with the character for the edge of a record, and for the tie between people. From the moment the needle touches the edge, somebody is tied to somebody. We help with that.',
      ),
      picture(
        'arches-omise',
        'A picture of doors in a row',
        'The street in front of the shop. We open at 1 p.m.',
      ),
      quote('Not the records that sell. The ones you cannot part with.', 'The owner'),
      prose(
        '## Shipping',
        '¥520 anywhere in Japan, free from ¥10,000. Two layers of card, so that the corners arrive as they left.',
        '## The shop',
        '1-2-3 Jingumae, Shibuya, Tokyo 150-0001. Open from 1 to 8 p.m., closed on Wednesdays.',
      ),
    ],
  },
};
