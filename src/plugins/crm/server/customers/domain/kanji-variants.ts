/**
 * Old and variant forms that stand in family names, folded so that 高橋 finds 髙橋. For search
 * keys only: how a person writes their name is theirs.
 */
const VARIANTS: Readonly<Record<string, string>> = {
  高: '髙',
  崎: '﨑嵜埼',
  辺: '邊邉',
  斎: '齋齊斉',
  沢: '澤',
  浜: '濱濵',
  広: '廣',
  国: '國',
  桜: '櫻',
  島: '嶋嶌',
  瀬: '瀨',
  徳: '德',
  恵: '惠',
  真: '眞',
  竜: '龍',
  万: '萬',
  栄: '榮',
  条: '條',
  学: '學',
  静: '靜',
  寿: '壽',
  実: '實',
  富: '冨',
  槙: '槇',
  曽: '曾',
  淵: '渕渊',
  桑: '桒',
  円: '圓',
  来: '來',
  会: '會',
  鉄: '鐵',
  弥: '彌',
  蔵: '藏',
  豊: '豐',
  黒: '黑',
  晋: '晉',
  亜: '亞',
  与: '與',
  館: '舘',
  吉: '𠮷',
  塩: '鹽',
  関: '關',
  滝: '瀧',
  浅: '淺',
  巌: '巖',
  応: '應',
  縄: '繩',
  遥: '遙',
  凛: '凜',
  桧: '檜',
  礼: '禮',
  剣: '劍',
  薫: '薰',
  穂: '穗',
  緑: '綠',
  郷: '鄕',
  摂: '攝',
};

const foldedForm = new Map(
  Object.entries(VARIANTS).flatMap(([form, variants]) =>
    [...variants].map((variant) => [variant, form] as const),
  ),
);

/** Every variant with the form it is folded to, for a database that folds by itself. */
export const kanjiVariants: readonly (readonly [variant: string, form: string])[] = [...foldedForm];

const ANY_VARIANT = new RegExp(`[${[...foldedForm.keys()].join('')}]`, 'gu');

export function foldKanji(text: string): string {
  return text.replace(ANY_VARIANT, (variant) => foldedForm.get(variant) ?? variant);
}
