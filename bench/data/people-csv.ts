/** Made-up people as a CSV file: the same every time, uneven as names in life are. */

const families = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['高橋', 'タカハシ'],
  ['田中', 'タナカ'],
  ['伊藤', 'イトウ'],
  ['渡辺', 'ワタナベ'],
  ['山本', 'ヤマモト'],
  ['中村', 'ナカムラ'],
  ['小林', 'コバヤシ'],
  ['加藤', 'カトウ'],
  ['吉田', 'ヨシダ'],
  ['山田', 'ヤマダ'],
  ['佐々木', 'ササキ'],
  ['山口', 'ヤマグチ'],
  ['松本', 'マツモト'],
  ['井上', 'イノウエ'],
  ['木村', 'キムラ'],
  ['林', 'ハヤシ'],
  ['斎藤', 'サイトウ'],
  ['清水', 'シミズ'],
  ['阿部', 'アベ'],
  ['森', 'モリ'],
  ['池田', 'イケダ'],
  ['橋本', 'ハシモト'],
] as const;

const syllables = [
  ...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨ',
];
const kanji = [...'一二三川木山田中村上下大小高石原本井森林水野島松竹梅青赤白黒東西南北春夏秋冬'];

const given = [
  ['太郎', 'タロウ'],
  ['花子', 'ハナコ'],
  ['翔', 'ショウ'],
  ['葵', 'アオイ'],
  ['健', 'ケン'],
  ['美咲', 'ミサキ'],
  ['大輔', 'ダイスケ'],
  ['陽菜', 'ヒナ'],
  ['結衣', 'ユイ'],
  ['蓮', 'レン'],
] as const;

const places = [
  ['150-0001', '東京都', '渋谷区', '神宮前'],
  ['530-0001', '大阪府', '大阪市北区', '梅田'],
  ['060-0001', '北海道', '札幌市中央区', '北一条西'],
  ['810-0001', '福岡県', '福岡市中央区', '天神'],
  ['460-0008', '愛知県', '名古屋市中区', '栄'],
] as const;

const HEADING =
  '会員番号,姓,名,セイ,メイ,メールアドレス,電話番号,郵便番号,都道府県,市区町村,番地,生年月日,性別,タグ,登録日,メール配信,同意日';

const dice = (row: number, salt: number, size: number): number =>
  ((row * 48_271 + salt * 69_621) % 2_147_483_647) % size;

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** One family in ten bears one of the common names; the rest are spread over some thousand. */
function familyOf(row: number): readonly [string, string] {
  if (dice(row, 1, 10) < 6) return pick(families, dice(row, 2, 997));
  const [a, b] = [dice(row, 3, 1009), dice(row, 4, 1013)];
  return [
    pick(kanji, a) + pick(kanji, b),
    pick(syllables, a) + pick(syllables, b) + pick(syllables, a + b),
  ];
}

function line(row: number): string {
  const [family, familyKana] = familyOf(row);
  const [name, nameKana] = pick(given, dice(row, 5, 991));
  const [postal, prefecture, city, town] = pick(places, dice(row, 6, 983));
  const day = String(1 + dice(row, 7, 28)).padStart(2, '0');
  const month = String(1 + dice(row, 8, 12)).padStart(2, '0');
  const phone = `090-${String(dice(row, 9, 10_000)).padStart(4, '0')}-${String(row % 10_000).padStart(4, '0')}`;
  const cells = [
    `M${row}`,
    family,
    name,
    familyKana,
    nameKana,
    `person${row}@example.jp`,
    phone,
    postal,
    prefecture,
    city,
    `${town}${1 + dice(row, 10, 9)}-${1 + dice(row, 11, 30)}-${1 + dice(row, 12, 20)}`,
    `${1950 + dice(row, 13, 55)}-${month}-${day}`,
    pick(['女性', '男性', ''], dice(row, 14, 977)),
    dice(row, 15, 4) === 0 ? '"vinyl,jazz"' : 'cd',
    `${2015 + dice(row, 16, 10)}-${month}-${day}`,
    dice(row, 17, 10) < 7 ? 'はい' : '',
    `2025-${month}-${day}`,
  ];
  return cells.join(',');
}

/** Rows `from` to `from + count - 1`. */
export function peopleCsv(from: number, count: number): string {
  const lines = [HEADING];
  for (let row = from; row < from + count; row += 1) lines.push(line(row));
  return `${lines.join('\n')}\n`;
}
