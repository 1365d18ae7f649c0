/** One record on the shelf. Every artist, label and title is made up. */
export interface Product {
  code: string;
  artist: string;
  title: string;
  label: string;
  genre: string;
  format: 'LP' | 'CD' | '7inch';
  year: number;
  price: number;
}

interface Artist {
  name: string;
  genre: string;
  label: string;
  since: number;
  titles: string;
}

/** Four records each; titles are separated by a slash. */
const ARTISTS: Artist[] = [
  { name: '夕凪カルテット', genre: 'ジャズ', label: '波止場音盤', since: 1974, titles: '潮待ちの夜/Harbor Blue/灯台守の休日/凪' },
  { name: '水島 玲', genre: 'シティポップ', label: 'Mint Avenue', since: 1981, titles: '真夜中のハイウェイ/Pool Side Letter/雨のあとで/湾岸通信' },
  { name: 'The Lanterns', genre: 'ロック', label: 'Northgate', since: 1968, titles: 'Paper Moon Parade/Second Window/Kerosene/Last Tram Home' },
  { name: '縁側シンフォニー', genre: '環境音楽', label: '苔庭', since: 1986, titles: '朝露/打ち水/遠雷/Moss Garden' },
  { name: '井戸川 宗', genre: 'フォーク', label: '火鉢レコード', since: 1971, titles: '冬の切符/下宿の窓/手紙/北へ帰る' },
  { name: 'Sora & The Kites', genre: 'インディー', label: 'Kite House', since: 2009, titles: 'Above the Rice Fields/Weather Report/Summer Static/Return to Sender' },
  { name: '木洩れ日楽団', genre: 'ジャズ', label: '波止場音盤', since: 1978, titles: '午後三時の即興/Leaf and Shadow/散歩道/月曜日のワルツ' },
  { name: '東雲 まりも', genre: 'シティポップ', label: 'Mint Avenue', since: 1984, titles: 'テレフォン・カード/Neon Sherbet/夏の終列車/恋は回転扉' },
  { name: 'Glass Harbour', genre: '電子音楽', label: 'Copper Wire', since: 1996, titles: 'Tidal Memory/Phosphor/Nine Rooms/Slow Signal' },
  { name: '火の見櫓', genre: 'ロック', label: '半鐘', since: 1989, titles: '号外/鉄橋/煙/夜警' },
  { name: '藤棚トリオ', genre: 'ジャズ', label: '苔庭', since: 2003, titles: '三人の五月/Wisteria/余白/黒鍵と白鍵' },
  { name: 'Ruriko Amano', genre: 'ボサノヴァ', label: 'Marebito', since: 1999, titles: 'Canção do Rio Sumida/Breve/Azul de Kamakura/日曜の浜辺' },
  { name: '雪見灯籠', genre: '環境音楽', label: '苔庭', since: 1991, titles: '降り積むもの/氷の下の川/Lantern/無音の庭' },
  { name: 'Dusty Ferris', genre: 'ソウル', label: 'Northgate', since: 1972, titles: 'Carnival in November/Slow Turn/Ticket Booth/Brass Horses' },
  { name: '風待月', genre: 'フォーク', label: '火鉢レコード', since: 1975, titles: '六月の家/傘/母の台所/石段' },
  { name: '坂道サーキット', genre: 'シティポップ', label: 'Mint Avenue', since: 2014, titles: 'Downhill Radio/港の見えるカーブ/二人のサーキット/Blue Parking' },
  { name: 'Mono no Aware Ensemble', genre: 'クラシック', label: '白木', since: 1988, titles: '四季の断章/Études for Rain/弦楽のための庭/遠い鐘' },
  { name: '七味兄弟', genre: 'ファンク', label: '半鐘', since: 1994, titles: '辛口/屋台グルーヴ/Seven Spices/祭のあと' },
  { name: 'Velvet Tanuki', genre: 'ファンク', label: 'Marebito', since: 2006, titles: 'Moonlight Drum/化かし合い/Leaf on My Head/Sake Boogie' },
  { name: '星図製作所', genre: '電子音楽', label: 'Copper Wire', since: 2001, titles: '赤経/赤緯/観測日誌/Zodiacal Light' },
  { name: '千草 かおる', genre: '歌謡', label: '白木', since: 1969, titles: '港町ひとり/銀座の夜は更けて/別れの切手/夢二番地' },
  { name: 'Low Tide Club', genre: 'インディー', label: 'Kite House', since: 2016, titles: 'Sandbar/Driftwood Letters/Eight Foot Wave/Ebb' },
  { name: '町工場アンサンブル', genre: '電子音楽', label: 'Copper Wire', since: 1983, titles: '旋盤/プレス/熱処理/Night Shift' },
  { name: '葛城 シン', genre: 'ロック', label: '半鐘', since: 1979, titles: '裏通りの王様/硝子の街/Stray/夜明けまで' },
  { name: 'Clementine Moss', genre: 'フォーク', label: 'Northgate', since: 1970, titles: 'Orchard Road/Letters to the Sea/Thistle/The Long Field' },
  { name: '鳴き砂', genre: '環境音楽', label: '苔庭', since: 2011, titles: '波打ち際の録音/砂紋/Tidepool/遠浅' },
  { name: '大路 ユキ', genre: 'ソウル', label: 'Marebito', since: 1987, titles: '街角のバラード/Amber/真珠色の夜/くちびる' },
  { name: 'Paper Lantern Brass', genre: 'ファンク', label: '半鐘', since: 2010, titles: 'Second Line in Asakusa/提灯行列/Hot Asphalt/川開き' },
  { name: '弥生坂室内楽団', genre: 'クラシック', label: '白木', since: 1992, titles: '小さな夜の組曲/Notebook for Strings/冬の旅支度/春の弦' },
  { name: 'Kanoko', genre: 'インディー', label: 'Kite House', since: 2018, titles: 'はじめての引越し/Bedroom Weather/ベランダ/きみの自転車' },
]; // prettier-ignore

const FORMATS = [
  { format: 'LP', price: 4180 },
  { format: 'CD', price: 2750 },
  { format: 'LP', price: 3850 },
  { format: '7inch', price: 1980 },
] as const;

/** The shelf: the same records with the same codes and prices every time. */
export function createCatalogue(): Product[] {
  return ARTISTS.flatMap((artist, artistIndex) =>
    artist.titles.split('/').map((title, titleIndex) => {
      const { format, price } = FORMATS[(artistIndex + titleIndex) % FORMATS.length] ?? FORMATS[0];
      const isScarce = (artistIndex * 4 + titleIndex) % 17 === 0;
      return {
        code: `EN-${String(artistIndex + 1).padStart(2, '0')}${titleIndex + 1}`,
        artist: artist.name,
        title,
        label: artist.label,
        genre: artist.genre,
        format,
        year: artist.since + titleIndex * 2,
        price: isScarce ? price * 4 : price,
      };
    }),
  );
}
