import type { SeedPage } from '../types';
import { forPlatinum, prose, shelf } from '../write';

const SHELF = ['ma-to-yohaku', 'hinotama', 'neon-to-umi', 'machine-kabuki'];

/** Only for platinum: others get a refusal without a word of it. */
export const platinumPage: SeedPage = {
  slug: 'platinum',
  access: { ...forPlatinum, otherwise: 'deny' },
  ja: {
    title: 'プラチナ試聴室',
    description: 'プラチナ会員の方だけの、発売前の盤を聴くための部屋です。',
    blocks: [
      {
        __component: 'blocks.hero',
        eyebrow: 'プラチナ試聴室',
        heading: '{{ customer.familyName | default: "お客" }}さま、ようこそ。',
        text: '来月の入荷から、まだ値札のついていない四枚を。ご希望の盤は、発売日の前日までお取り置きいたします。',
        artwork: 'grooves-platinum',
        tone: 'ink',
      },
      shelf('ひと足先の四枚', SHELF),
      prose(
        '## 試聴会のお知らせ',
        '12月6日（日）14時から、川崎のカッティングスタジオにて。古川さんと一緒に、その日に彫ったばかりのラッカー盤を聴きます。定員は十名です。',
        'お申し込みは、件名に「試聴会」とご記入のうえ、support@enishi-records.example までお送りください。',
      ),
    ],
  },
  en: {
    title: 'The platinum listening room',
    description: 'A room for platinum members, to hear records before they are out.',
    blocks: [
      {
        __component: 'blocks.hero',
        eyebrow: 'The platinum listening room',
        heading: 'Welcome, {{ customer.familyName | default: "friend" }}.',
        text: 'Four of next month’s records, still without a price tag. Tell us which one to hold for you until the day before it is out.',
        artwork: 'grooves-platinum',
        tone: 'ink',
      },
      shelf('Four, ahead of time', SHELF),
      prose(
        '## Listen with us',
        'Sunday 6 December, 2 p.m., at the cutting studio in Kawasaki. We will hear a lacquer that Furukawa cut the same day. There are ten seats.',
        'To ask for one, write to support@enishi-records.example with “listening” in the subject.',
      ),
    ],
  },
};
