import type { Random } from './random';

/** A name as written, as read (katakana) and in letters for an address. */
export interface NamePart {
  kanji: string;
  kana: string;
  romaji: string;
}

export type Gender = 'female' | 'male';

interface WeightedName extends NamePart {
  weight: number;
}

function table(rows: string): WeightedName[] {
  return rows
    .trim()
    .split(/\s+/)
    .map((row) => {
      const [kanji = '', kana = '', romaji = '', weight = '1'] = row.split(',');
      return { kanji, kana, romaji, weight: Number(weight) };
    });
}

/** The commonest family names with how many of ten thousand people bear each, roughly. */
const FAMILY_NAMES = table(`
佐藤,サトウ,sato,150 鈴木,スズキ,suzuki,143 高橋,タカハシ,takahashi,113 田中,タナカ,tanaka,107
伊藤,イトウ,ito,86 渡辺,ワタナベ,watanabe,85 山本,ヤマモト,yamamoto,84 中村,ナカムラ,nakamura,84
小林,コバヤシ,kobayashi,82 加藤,カトウ,kato,71 吉田,ヨシダ,yoshida,66 山田,ヤマダ,yamada,65
佐々木,ササキ,sasaki,54 山口,ヤマグチ,yamaguchi,51 松本,マツモト,matsumoto,50 井上,イノウエ,inoue,49
木村,キムラ,kimura,46 林,ハヤシ,hayashi,44 斎藤,サイトウ,saito,43 清水,シミズ,shimizu,42
山崎,ヤマザキ,yamazaki,38 森,モリ,mori,37 池田,イケダ,ikeda,36 橋本,ハシモト,hashimoto,36
阿部,アベ,abe,35 石川,イシカワ,ishikawa,33 山下,ヤマシタ,yamashita,33 中島,ナカジマ,nakajima,31
石井,イシイ,ishii,31 小川,オガワ,ogawa,30 前田,マエダ,maeda,30 岡田,オカダ,okada,29
長谷川,ハセガワ,hasegawa,29 藤田,フジタ,fujita,29 後藤,ゴトウ,goto,28 近藤,コンドウ,kondo,28
村上,ムラカミ,murakami,27 遠藤,エンドウ,endo,26 青木,アオキ,aoki,26 坂本,サカモト,sakamoto,26
福田,フクダ,fukuda,24 太田,オオタ,ota,24 西村,ニシムラ,nishimura,24 藤井,フジイ,fujii,24
金子,カネコ,kaneko,23 藤原,フジワラ,fujiwara,23 三浦,ミウラ,miura,23 岡本,オカモト,okamoto,23
中川,ナカガワ,nakagawa,22 中野,ナカノ,nakano,22 松田,マツダ,matsuda,22 原田,ハラダ,harada,22
小野,オノ,ono,21 田村,タムラ,tamura,21 竹内,タケウチ,takeuchi,20 和田,ワダ,wada,20
中山,ナカヤマ,nakayama,20 石田,イシダ,ishida,20 上田,ウエダ,ueda,19 森田,モリタ,morita,19
原,ハラ,hara,18 柴田,シバタ,shibata,18 酒井,サカイ,sakai,18 工藤,クドウ,kudo,18
横山,ヨコヤマ,yokoyama,17 宮崎,ミヤザキ,miyazaki,17 宮本,ミヤモト,miyamoto,17 内田,ウチダ,uchida,17
高木,タカギ,takagi,17 安藤,アンドウ,ando,16 谷口,タニグチ,taniguchi,16 大野,オオノ,ono,16
丸山,マルヤマ,maruyama,15 今井,イマイ,imai,15 高田,タカダ,takada,15 藤本,フジモト,fujimoto,15
武田,タケダ,takeda,14 村田,ムラタ,murata,14 上野,ウエノ,ueno,14 杉山,スギヤマ,sugiyama,14
増田,マスダ,masuda,14 平野,ヒラノ,hirano,14 大塚,オオツカ,otsuka,13 千葉,チバ,chiba,13
久保,クボ,kubo,13 松井,マツイ,matsui,13 小島,コジマ,kojima,13 岩崎,イワサキ,iwasaki,12
桜井,サクライ,sakurai,12 野口,ノグチ,noguchi,12 松尾,マツオ,matsuo,12 菊地,キクチ,kikuchi,12
木下,キノシタ,kinoshita,12 野村,ノムラ,nomura,12 新井,アライ,arai,12 渡部,ワタベ,watabe,9
島田,シマダ,shimada,10 古川,フルカワ,furukawa,9 水野,ミズノ,mizuno,9 早川,ハヤカワ,hayakawa,7
星野,ホシノ,hoshino,6 五十嵐,イガラシ,igarashi,6 小鳥遊,タカナシ,takanashi,1 勅使河原,テシガワラ,teshigawara,1
`);

/** Given names by the years in which they were commonly given: a 70 year old is no 陽葵. */
const GIVEN_NAMES: Record<Gender, { from: number; to: number; names: WeightedName[] }[]> = {
  female: [
    {
      from: 1940,
      to: 1964,
      names: table(`幸子,サチコ,sachiko 和子,カズコ,kazuko 洋子,ヨウコ,yoko 恵子,ケイコ,keiko
京子,キョウコ,kyoko 節子,セツコ,setsuko 久美子,クミコ,kumiko 由美子,ユミコ,yumiko 裕子,ヒロコ,hiroko
真由美,マユミ,mayumi 明美,アケミ,akemi 順子,ジュンコ,junko 弘子,ヒロコ,hiroko 典子,ノリコ,noriko`),
    },
    {
      from: 1965,
      to: 1984,
      names:
        table(`陽子,ヨウコ,yoko 智子,トモコ,tomoko 直美,ナオミ,naomi 香織,カオリ,kaori 恵,メグミ,megumi
裕美,ヒロミ,hiromi 美穂,ミホ,miho 麻衣子,マイコ,maiko 理恵,リエ,rie 絵美,エミ,emi 久美,クミ,kumi
千尋,チヒロ,chihiro 友美,トモミ,tomomi 真紀,マキ,maki 薫,カオル,kaoru 純,ジュン,jun`),
    },
    {
      from: 1985,
      to: 1999,
      names: table(`愛,アイ,ai 美咲,ミサキ,misaki 彩,アヤ,aya 麻衣,マイ,mai 千夏,チナツ,chinatsu
舞,マイ,mai 萌,モエ,moe 遥,ハルカ,haruka 優花,ユウカ,yuka 葵,アオイ,aoi 瞳,ヒトミ,hitomi
詩織,シオリ,shiori 奈々,ナナ,nana 沙織,サオリ,saori 明日香,アスカ,asuka 桃子,モモコ,momoko 涼,リョウ,ryo`),
    },
    {
      from: 2000,
      to: 2012,
      names: table(`陽菜,ヒナ,hina 凛,リン,rin 結衣,ユイ,yui 美優,ミユ,miyu 七海,ナナミ,nanami
さくら,サクラ,sakura 心愛,ココア,kokoa 莉子,リコ,riko 花音,カノン,kanon 楓,カエデ,kaede
琴音,コトネ,kotone 杏,アン,an 彩花,アヤカ,ayaka ひなた,ヒナタ,hinata`),
    },
  ],
  male: [
    {
      from: 1940,
      to: 1964,
      names:
        table(`茂,シゲル,shigeru 清,キヨシ,kiyoshi 勇,イサム,isamu 隆,タカシ,takashi 誠,マコト,makoto
博,ヒロシ,hiroshi 進,ススム,susumu 実,ミノル,minoru 修,オサム,osamu 正,タダシ,tadashi
和夫,カズオ,kazuo 昭,アキラ,akira 豊,ユタカ,yutaka 明,アキラ,akira`),
    },
    {
      from: 1965,
      to: 1984,
      names: table(`健一,ケンイチ,kenichi 剛,ツヨシ,tsuyoshi 学,マナブ,manabu 直樹,ナオキ,naoki
大輔,ダイスケ,daisuke 健太郎,ケンタロウ,kentaro 哲也,テツヤ,tetsuya 英樹,ヒデキ,hideki
浩二,コウジ,koji 雄一,ユウイチ,yuichi 智之,トモユキ,tomoyuki 淳,アツシ,atsushi 亮,リョウ,ryo
賢治,ケンジ,kenji 和也,カズヤ,kazuya 薫,カオル,kaoru`),
    },
    {
      from: 1985,
      to: 1999,
      names:
        table(`翔太,ショウタ,shota 拓也,タクヤ,takuya 健太,ケンタ,kenta 翔,ショウ,sho 大樹,ダイキ,daiki
達也,タツヤ,tatsuya 亮太,リョウタ,ryota 直人,ナオト,naoto 雄太,ユウタ,yuta 航,ワタル,wataru
優,ユウ,yu 駿,シュン,shun 貴大,タカヒロ,takahiro 純一,ジュンイチ,junichi 涼,リョウ,ryo`),
    },
    {
      from: 2000,
      to: 2012,
      names: table(`蓮,レン,ren 大翔,ヒロト,hiroto 悠斗,ユウト,yuto 颯太,ソウタ,sota 陸,リク,riku
海斗,カイト,kaito 陽向,ヒナタ,hinata 湊,ミナト,minato 樹,イツキ,itsuki 楓,カエデ,kaede
拓海,タクミ,takumi 蒼,アオイ,aoi 律,リツ,ritsu 晴,ハル,haru`),
    },
  ],
};

export function pickFamilyName(random: Random): NamePart {
  return random.weighted(FAMILY_NAMES, (name) => name.weight);
}

/** A name that parents gave in that year; years outside the tables take the nearest cohort. */
export function pickGivenName(random: Random, gender: Gender, birthYear: number): NamePart {
  const cohorts = GIVEN_NAMES[gender];
  const cohort = cohorts.find((entry) => birthYear <= entry.to) ?? cohorts[cohorts.length - 1];
  return random.pick(cohort?.names ?? []);
}
