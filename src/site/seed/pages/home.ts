import type { SeedBlock, SeedPage } from '../types';
import { forMembers, forPlatinum, forVisitors, inSlot, quote, shelf } from '../write';

const hero = (block: Omit<SeedBlock, '__component'>): SeedBlock => ({
  __component: 'blocks.hero',
  ...block,
});

const notice = (block: Omit<SeedBlock, '__component'>): SeedBlock => ({
  __component: 'blocks.callout',
  ...block,
});

const NEW = [
  'akai-densen',
  'asagiri',
  'minato-lights',
  'kissa-nocturne',
  'sunday-arcade',
  'tsuki-no-kodomo',
  'neon-to-umi',
  'kita-no-kaze',
];

/** The hero and the notice differ by who looks: in a slot the first that matches is shown. */
export const homePage: SeedPage = {
  slug: 'home',
  access: null,
  ja: {
    title: '縁レコード',
    description: '国内の小さなレーベルの音楽を、一枚ずつ聴いて選んだレコードショップです。',
    blocks: [
      hero({
        eyebrow: 'プラチナ会員のみなさまへ',
        heading: '{{ customer.familyName | default: "お客" }}さまのために、一枚よけておきました。',
        text: '発売前の盤をひと足先にお聴きいただける、プラチナ会員だけの試聴室をご用意しています。',
        artwork: 'grooves-platinum',
        buttonLabel: '試聴室へ',
        buttonUrl: '/pages/platinum',
        tone: 'ink',
        audience: inSlot(forPlatinum, 'hero'),
      }),
      hero({
        eyebrow: '会員のみなさまへ',
        heading: 'おかえりなさい。今週の針は、どこに下ろしますか。',
        text: '会員限定の特集「溝を彫る人」を公開しました。秋の夜に、ゆっくりお読みください。',
        artwork: 'tiles-kaerinasai',
        buttonLabel: '特集を読む',
        buttonUrl: '/articles/cutting-engineer',
        tone: 'paper',
        audience: inSlot(forMembers, 'hero'),
      }),
      hero({
        eyebrow: '国内の小さなレーベルから',
        heading: '針を下ろすと、縁がはじまる。',
        text: '一枚ずつ聴いて、選んで、磨いてからお送りする。縁レコードは、音楽と暮らす方のためのレコードショップです。',
        artwork: 'ribbons-minato',
        buttonLabel: 'レコードを見る',
        buttonUrl: '/products',
        tone: 'accent',
        audience: inSlot(forVisitors, 'hero'),
      }),
      shelf('入荷したばかりの盤', NEW),
      notice({
        heading: 'プラチナ会員の方は、送料をいただきません。',
        text: '一枚からでも、いつでも。感謝の気持ちをこめて、お送りします。',
        buttonLabel: 'レコードを見る',
        buttonUrl: '/products',
        tone: 'ink',
        audience: inSlot(forPlatinum, 'notice'),
      }),
      notice({
        heading: 'LINEでも、入荷のお知らせを受け取れます。',
        text: 'マイページから連携すると、好みに近い盤が届いたときにお知らせします。',
        buttonLabel: 'マイページで連携する',
        buttonUrl: '/m/me',
        tone: 'paper',
        audience: inSlot(forMembers, 'notice'),
      }),
      notice({
        heading: '会員になると、会員限定の読みものと先行予約をご利用いただけます。',
        text: '登録は無料、2分ほどで終わります。',
        buttonLabel: '無料で会員登録',
        buttonUrl: '/m/register',
        tone: 'paper',
        audience: inSlot(forVisitors, 'notice'),
      }),
      quote('売れる盤ではなく、手放せない盤を。', '縁レコード 店主'),
    ],
  },
  en: {
    title: 'Enishi Records',
    description:
      'A record shop for small Japanese labels. We play every record before we choose it.',
    blocks: [
      hero({
        eyebrow: 'For platinum members',
        heading: 'We put one aside for you, {{ customer.familyName | default: "friend" }}.',
        text: 'In the listening room you hear records before they are out. It is open to platinum members only.',
        artwork: 'grooves-platinum',
        buttonLabel: 'To the listening room',
        buttonUrl: '/en/pages/platinum',
        tone: 'ink',
        audience: inSlot(forPlatinum, 'hero'),
      }),
      hero({
        eyebrow: 'For members',
        heading: 'Welcome back. Where will the needle drop this week?',
        text: '“The man who cuts the groove” is out, for members only. Save it for a long evening.',
        artwork: 'tiles-kaerinasai',
        buttonLabel: 'Read the feature',
        buttonUrl: '/en/articles/cutting-engineer',
        tone: 'paper',
        audience: inSlot(forMembers, 'hero'),
      }),
      hero({
        eyebrow: 'From small labels in Japan',
        heading: 'Drop the needle. Something begins.',
        text: 'We listen to every record, choose it, clean it, and only then send it out. A shop for people who live with music.',
        artwork: 'ribbons-minato',
        buttonLabel: 'See the records',
        buttonUrl: '/en/products',
        tone: 'accent',
        audience: inSlot(forVisitors, 'hero'),
      }),
      shelf('Just in', NEW),
      notice({
        heading: 'Shipping is on us for platinum members.',
        text: 'Even for a single record, at any time. Our way of saying thank you.',
        buttonLabel: 'See the records',
        buttonUrl: '/en/products',
        tone: 'ink',
        audience: inSlot(forPlatinum, 'notice'),
      }),
      notice({
        heading: 'New arrivals, on LINE.',
        text: 'Link your account on your page and we will tell you when something close to your taste comes in.',
        buttonLabel: 'Link on my page',
        buttonUrl: '/m/me?lang=en',
        tone: 'paper',
        audience: inSlot(forMembers, 'notice'),
      }),
      notice({
        heading: 'Members read more, and reserve first.',
        text: 'Joining is free and takes about two minutes.',
        buttonLabel: 'Join for free',
        buttonUrl: '/m/register?lang=en',
        tone: 'paper',
        audience: inSlot(forVisitors, 'notice'),
      }),
      quote('Not the records that sell. The ones you cannot part with.', 'The owner'),
    ],
  },
};
