import type { SeedArticle } from '../types';
import { divider, forMembers, forPlatinum, picture, prose, quote, shelf } from '../write';

/** Articles whose second half is for members. */
export const memberArticles: readonly SeedArticle[] = [
  {
    slug: 'cutting-engineer',
    artwork: 'grooves-cutting',
    publishedOn: '2026-11-20',
    access: { ...forMembers, otherwise: 'teaser' },
    ja: {
      title: '溝を彫る人――カッティングエンジニア、四十年の耳',
      lead: 'レコードの音は、最後にひとりの手で彫られます。これまでほとんど語られてこなかった仕事場に、三日間お邪魔しました。',
      category: '特集',
      author: '編集部・高瀬',
      blocks: [
        prose(
          '川崎の住宅街に、看板のない建物があります。二重の扉を抜けると、部屋の真ん中に、鉄のかたまりのような旋盤が一台。古川さんは、この機械と四十年をともにしてきました。',
          '「やり直しはできません。針を下ろしたら、最後まで彫りきる。だから朝から、水しか飲まないんです」',
          '## 音には、幅がある',
          '低い音を大きく彫ると、溝は太くなります。太くなれば、一面に入る時間は短くなる。二十分の曲を一面に収めるのか、音量を守って二枚に分けるのか。決めるのは、いつも古川さんの耳です。',
        ),
        picture('grooves-lathe', '同心円を描いた絵', '旋盤の上で回るラッカー盤を真上から。'),
        divider(
          'この先は、会員の方にお読みいただけます。',
          '古川さんが「失敗した一枚」と、いまも毎朝聴く試聴盤について。会員登録は無料です。',
        ),
        prose(
          '## 失敗した一枚',
          '1987年の夏、古川さんはあるピアノの独奏を彫りました。最後の音が消えるまで十四秒。その余韻の途中で、遠くの雷が録音に混ざっていることに気づきました。止めれば、彫り直しです。',
          '「止めませんでした。ピアニストが、雷を聴いて、鍵盤から指を離すのを待ったのがわかったから。失敗といえば失敗です。でも、いちばん好きな一枚になりました」',
          '## 毎朝の試聴盤',
          '仕事の前に必ずかける盤が三枚あります。女性の声、弦楽四重奏、そして雨の音。どれかひとつでも昨日と違って聞こえたら、その日は機械ではなく、自分の耳を疑うのだそうです。',
        ),
        quote('機械を疑う前に、自分の耳を疑います。', '古川さん'),
        prose(
          '三日目の夕方、一枚のラッカー盤を聴かせていただきました。数回で擦り切れてしまう、世界に一枚だけの音。窓の外では雨が降りはじめていて、どちらが録音の雨なのか、しばらくわかりませんでした。',
        ),
        {
          __component: 'blocks.callout',
          heading: 'プラチナ会員の方へ',
          text: '古川さんの試聴会に、十名さまをご招待します。12月6日（日）14時から、川崎の仕事場にて。',
          buttonLabel: '試聴会に申し込む',
          buttonUrl: '/pages/platinum',
          tone: 'ink',
          audience: forPlatinum,
        },
        shelf('古川さんが彫った盤', ['kissa-nocturne', 'asagiri', 'ma-to-yohaku', 'minato-lights']),
      ],
    },
    en: {
      title: 'The man who cuts the groove',
      lead: 'In the end the sound of a record is cut by one pair of hands. We spent three days in a workroom that is hardly ever written about.',
      category: 'Feature',
      author: 'Takase, editor',
      blocks: [
        prose(
          'There is a building without a sign in a quiet part of Kawasaki. Behind two doors, in the middle of the room, stands a lathe like a lump of iron. Furukawa has worked with it for forty years.',
          '“There is no second try. Once the stylus is down, you cut to the end. That is why I have nothing but water in the morning.”',
          '## Sound takes room',
          'Loud bass needs a wide groove, and a wide groove leaves less time on a side. Twenty minutes on one side, or two records and all the volume? It is always his ears that decide.',
        ),
        picture(
          'grooves-lathe',
          'A picture of concentric circles',
          'A lacquer on the lathe, seen from above.',
        ),
        divider(
          'The rest of this story is for members.',
          'About the record he calls a failure, and the three he plays every morning. Joining is free.',
        ),
        prose(
          '## The failure',
          'In the summer of 1987 Furukawa cut a piano solo. The last note takes fourteen seconds to fade, and in those seconds he heard thunder on the tape, far away. To stop was to start again.',
          '“I did not stop. I could hear that the pianist had heard it too, and waited before he let go of the keys. Call it a failure. It became the record I like best.”',
          '## Every morning',
          'Three records come before work: a woman’s voice, a string quartet, and rain. If one of them sounds different from yesterday he does not doubt the machine. He doubts his ears.',
        ),
        quote('Before I doubt the machine, I doubt my ears.', 'Furukawa'),
        prose(
          'On the third evening he played us a lacquer, a sound that exists once and wears out after a few plays. It had begun to rain outside, and for a while we could not tell which rain was which.',
        ),
        {
          __component: 'blocks.callout',
          heading: 'For platinum members',
          text: 'Ten of you are invited to listen with Furukawa, on Sunday 6 December at 2 p.m. in his workroom in Kawasaki.',
          buttonLabel: 'Ask for a seat',
          buttonUrl: '/en/pages/platinum',
          tone: 'ink',
          audience: forPlatinum,
        },
        shelf('Cut by Furukawa', ['kissa-nocturne', 'asagiri', 'ma-to-yohaku', 'minato-lights']),
      ],
    },
  },
  {
    slug: 'staff-shelf-2026',
    artwork: 'tiles-shelf',
    publishedOn: '2026-10-30',
    access: { ...forMembers, otherwise: 'teaser' },
    ja: {
      title: '店員の棚、2026年秋',
      lead: '売り場に出す前に、自分のために一枚よけておく。店員四人が、この秋に本当に買った盤を白状します。',
      category: 'おすすめ',
      author: '縁レコード一同',
      blocks: [
        prose(
          '毎朝、新しい箱が届きます。検盤のために一枚ずつ針を下ろしていると、どうしても手放したくない盤に出会ってしまう。それが、この仕事のいちばん困ったところです。',
        ),
        divider(
          '四人が選んだ盤は、会員の方にお読みいただけます。',
          '秋の夜に合う四枚と、その理由。会員登録は無料です。',
        ),
        prose(
          '## 宮下『手紙』',
          '検盤のはずが、三曲目で手が止まりました。便箋の歌詞カードに、まだ返事を書けずにいます。',
          '## 小関『冬のサウナ』',
          '小さな音で聴いても崩れない。夜中の洗い物に、これ以上の盤はありません。',
          '## 高瀬『早変わり』',
          '原稿が進まない夜に、大きな音で。原稿は、さらに進まなくなります。',
          '## 店長『青い提灯』',
          '父が浴衣で踊っていたのを思い出しました。七十二枚仕入れて、一枚は私のものです。',
        ),
        shelf('店員の棚から', ['tegami', 'fuyu-no-sauna', 'machine-kabuki', 'blue-lantern']),
      ],
    },
    en: {
      title: 'The staff shelf, autumn 2026',
      lead: 'Before the records go out, one is put aside. Four of us confess what we really bought this autumn.',
      category: 'Staff picks',
      author: 'All of us',
      blocks: [
        prose(
          'New boxes arrive every morning. We play each record to check it, and then there is one we cannot let go. That is the hard part of the job.',
        ),
        divider(
          'Our four records are for members.',
          'Four records for autumn nights, and why. Joining is free.',
        ),
        prose(
          '## Miyashita: Letters',
          'I was only checking it, and stopped at the third song. I still have not written my answer on the lyric sheet.',
          '## Koseki: Winter Sauna',
          'It holds its shape when you play it softly. Nothing better for washing up at midnight.',
          '## Takase: Quick Change',
          'Loud, on nights when the writing will not move. Then it moves even less.',
          '## The owner: Blue Lantern',
          'It brought back my father, dancing in his yukata. I ordered seventy-two and kept one.',
        ),
        shelf('From the staff shelf', [
          'tegami',
          'fuyu-no-sauna',
          'machine-kabuki',
          'blue-lantern',
        ]),
      ],
    },
  },
];
