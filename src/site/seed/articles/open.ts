import type { SeedArticle } from '../types';
import { picture, prose, quote, shelf } from '../write';

/** Articles that everybody may read. */
export const openArticles: readonly SeedArticle[] = [
  {
    slug: 'first-turntable',
    artwork: 'dots-first',
    publishedOn: '2026-11-14',
    access: null,
    ja: {
      title: 'はじめての一台を、長く使うために',
      lead: 'プレーヤーは高いものほど良い、とは限りません。置く場所、針の手入れ、そして最初の一枚の選び方を、店の若手がお伝えします。',
      category: 'はじめてのレコード',
      author: '店員・宮下',
      blocks: [
        prose(
          '「何を買えばいいですか」。店でいちばん多くいただくご質問です。けれど、機種の名前をお答えする前に、まずお部屋の話をうかがうようにしています。音は、機械よりも場所で変わるからです。',
          '## 水平な台が、いちばんの投資',
          'プレーヤーは振動を音に変える道具です。だから、足音や冷蔵庫の震えも拾ってしまいます。揺れにくい棚をひとつ決めて、水平を確かめる。それだけで、低音の輪郭が驚くほど整います。',
          '- スマートフォンの水準器で、前後左右を確かめる',
          '- スピーカーとは別の台に置く',
          '- 窓際と暖房のそばを避ける',
          '## 針は、食器のように',
          '聴くたびに、やわらかい刷毛で奥から手前へ一度だけ。ほこりを取るより、ためないことが大切です。針先の寿命はおよそ五百時間。毎日一枚聴いても、二年ほどもちます。',
        ),
        quote('音は、機械よりも場所で変わります。', '店員・宮下'),
        prose(
          '## 最初の一枚は、知っている曲で',
          '新しい機械の音を確かめるなら、歌詞まで覚えている一枚が向いています。何が変わったのか、耳がすぐに気づいてくれます。',
        ),
        shelf('はじめての方におすすめの盤', [
          'densha-bossa',
          'sunday-arcade',
          'old-piano-new-rain',
          'blue-lantern',
        ]),
      ],
    },
    en: {
      title: 'A first turntable, to keep for years',
      lead: 'The dearest player is not always the best one. Where to put it, how to look after the stylus, and how to choose your first record, by the youngest of our staff.',
      category: 'First records',
      author: 'Miyashita, staff',
      blocks: [
        prose(
          '“Which one should I buy?” is the question we hear most. Before we name a model we ask about the room, because the place changes the sound more than the machine does.',
          '## A level shelf is the best investment',
          'A turntable turns vibration into music, and it will happily do the same with footsteps and the fridge. Choose one steady shelf and make it level. The bass comes into focus at once.',
          '- Check front to back and side to side with the level on your phone',
          '- Keep the speakers on another piece of furniture',
          '- Stay away from the window and the heater',
          '## Treat the stylus like good crockery',
          'One stroke with a soft brush, from back to front, every time you listen. Not letting dust settle is easier than taking it off. A stylus lasts about five hundred hours: a record a day for two years.',
        ),
        quote('The place changes the sound more than the machine does.', 'Miyashita, staff'),
        prose(
          '## Let the first record be one you know',
          'To hear what a new machine does, put on something you know by heart. Your ears will tell you what has changed.',
        ),
        shelf('Good places to start', [
          'densha-bossa',
          'sunday-arcade',
          'old-piano-new-rain',
          'blue-lantern',
        ]),
      ],
    },
  },
  {
    slug: 'minato-lights-interview',
    artwork: 'horizon-minato',
    publishedOn: '2026-11-02',
    access: null,
    ja: {
      title: '汐見ユウ、港の灯りを歌う',
      lead: '三作目『港の灯り』は、深夜の防波堤で録った一分間の波音から始まりました。横浜の仕事場を訪ねました。',
      category: 'インタビュー',
      author: '編集部・高瀬',
      blocks: [
        prose(
          '大桟橋から歩いて十分。古い倉庫の三階に、汐見さんの仕事場はあります。窓を開けると、汽笛がそのまま部屋に入ってきました。',
          '「前の二枚は、頭のなかの街を歌っていました。今度は、窓の外にあるものだけで作ろうと決めたんです」',
          '## 一本の長い録音',
          'きっかけは、眠れない夜に録った一時間の音でした。波、遠い踏切、誰かの笑い声。その録音を流しながら、ひと月かけてピアノを弾いたといいます。',
        ),
        picture(
          'waves-minato',
          '波を描いた版画風の絵',
          '録音のあいだ、壁に貼っていた絵。ジャケットの元になった。',
        ),
        quote('いい曲は、たいてい隣の部屋から聞こえてくるんです。', '汐見ユウ'),
        prose(
          '「最終便」は、その録音の終わり近くに聞こえる船の機関音から、テンポをそのまま借りています。「誰も気づかないと思います。でも、体は覚えているはずです」',
          '取材の帰り道、夜の山下公園で同じテンポの音を聞きました。遊覧船の、最終便でした。',
        ),
        shelf('この記事の盤', ['minato-lights', 'rainy-season-soul', 'neon-to-umi']),
      ],
    },
    en: {
      title: 'Yu Shiomi sings the lights of the harbour',
      lead: 'Her third album began with one minute of waves, recorded on a breakwater in the middle of the night. We visited her workroom in Yokohama.',
      category: 'Interview',
      author: 'Takase, editor',
      blocks: [
        prose(
          'The workroom is on the third floor of an old warehouse, ten minutes from the pier. When she opens the window, the ships come into the room.',
          '“On the first two records I sang about a city in my head. This time I wanted to use only what is outside the window.”',
          '## One long recording',
          'It started with an hour of sound from a night without sleep: waves, a distant crossing, somebody laughing. For a month she let it run and played the piano to it.',
        ),
        picture(
          'waves-minato',
          'A print-like picture of waves',
          'The picture that hung on the wall during the recording. It became the sleeve.',
        ),
        quote('Good songs usually come from the room next door.', 'Yu Shiomi'),
        prose(
          '“Last Ferry” borrows its tempo from the engine of a ship near the end of that hour. “Nobody will notice. But the body remembers.”',
          'On the way home, in Yamashita Park, we heard the same tempo again. It was the last pleasure boat of the day.',
        ),
        shelf('Records in this story', ['minato-lights', 'rainy-season-soul', 'neon-to-umi']),
      ],
    },
  },
  {
    slug: 'cleaning-records',
    artwork: 'tiles-cleaning',
    publishedOn: '2026-10-18',
    access: null,
    ja: {
      title: '水で洗う、という選択',
      lead: 'パチパチという音の多くは、傷ではなく汚れです。家にある道具でできる、レコードの洗い方をご紹介します。',
      category: '手入れ',
      author: '店員・小関',
      blocks: [
        prose(
          '中古の盤を買って、雑音の多さにがっかりした。そんなときは、あきらめる前に一度洗ってみてください。三十年分のほこりと指の脂が、溝の底で固まっているだけかもしれません。',
          '## 用意するもの',
          '- 精製水（薬局で買えます）',
          '- 台所用の中性洗剤を一滴',
          '- めがね拭きのような、毛羽立たない布を二枚',
          '## 手順',
          '盤を水平に持ち、ラベルを濡らさないように、溝に沿って円を描くように拭きます。すすぎは精製水で二度。立てかけて、自然に乾かします。ドライヤーは盤が反るので使いません。',
          '乾いたら、新しい内袋に入れてください。古い紙の袋に戻すと、せっかくの盤にまた紙の粉がついてしまいます。',
        ),
        quote('雑音の多くは、傷ではなく汚れです。', '店員・小関'),
      ],
    },
    en: {
      title: 'The case for water',
      lead: 'Most of the crackle is dirt, not damage. How to wash a record with what you have at home.',
      category: 'Care',
      author: 'Koseki, staff',
      blocks: [
        prose(
          'You bought a second-hand record and it crackles. Before you give up, wash it once. It may be nothing but thirty years of dust and fingers at the bottom of the groove.',
          '## What you need',
          '- Purified water, from the chemist',
          '- One drop of washing-up liquid',
          '- Two cloths that leave no fluff, such as those for glasses',
          '## How to do it',
          'Hold the record level, keep the label dry, and wipe in circles along the groove. Rinse twice with purified water. Lean it somewhere and let it dry by itself. No hairdryer: the record would warp.',
          'Once it is dry, use a new inner sleeve. The old paper one would cover it in paper dust again.',
        ),
        quote('Most of the crackle is dirt, not damage.', 'Koseki, staff'),
      ],
    },
  },
  {
    slug: 'sleeve-printing',
    artwork: 'ribbons-print',
    publishedOn: '2026-09-27',
    access: null,
    ja: {
      title: '三色で刷る、十二インチの絵',
      lead: 'レコードの顔であるジャケット。東大阪の印刷所で、特色三色にこだわり続ける職人さんにお話をうかがいました。',
      category: '工房をたずねて',
      author: '編集部・高瀬',
      blocks: [
        prose(
          '朝八時、工場の床はもうインキの匂いがします。四色の掛け合わせではなく、決めた色を一色ずつ重ねる特色印刷。版を変えるたびに機械を洗うので、一日に刷れるのは二種類だけです。',
          '「色は、混ぜると濁ります。重ねると、深くなる。似ているようで、ぜんぜん違うんですよ」',
        ),
        picture('arches-print', '重なり合う弧を刷った試し刷り', '色の重なりを見るための試し刷り。'),
        prose(
          '## 紙を選ぶ指',
          '厚み、ざらつき、湿り気。棚に並ぶ紙を目を閉じて触り、その日の一枚を選びます。「雨の日は紙が伸びるから、絵も少し伸ばしてやるんです」',
          '手のひらに三十一センチ四方。家のなかにあるいちばん大きな絵は、もしかすると、レコードのジャケットかもしれません。',
        ),
        shelf('三色刷りのジャケット', ['elevator-blue', 'tegami', 'machine-kabuki', 'shukudai']),
      ],
    },
    en: {
      title: 'Twelve inches in three colours',
      lead: 'The sleeve is the face of a record. We visited a printer in Higashi-Osaka who still prints with three spot colours.',
      category: 'Workshops',
      author: 'Takase, editor',
      blocks: [
        prose(
          'At eight in the morning the floor already smells of ink. Not four colours mixed, but chosen colours laid one over another. The press is washed between plates, so two designs a day is all they can do.',
          '“Mix colours and they go muddy. Lay them over each other and they get deeper. It sounds alike, and it is not the same at all.”',
        ),
        picture(
          'arches-print',
          'A test print of overlapping arches',
          'A test print, to see how the colours overlap.',
        ),
        prose(
          '## Fingers that choose paper',
          'Thickness, grain, damp: he touches the sheets with his eyes closed and picks the one for the day. “On rainy days paper grows, so I let the picture grow a little too.”',
          'Thirty-one centimetres square, in your hands. The largest picture in your home may well be a record sleeve.',
        ),
        shelf('Sleeves in three colours', [
          'elevator-blue',
          'tegami',
          'machine-kabuki',
          'shukudai',
        ]),
      ],
    },
  },
];
