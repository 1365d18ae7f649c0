/** Who plays in the story, and with what. */
export const HER = {
  email: `sakura-${Date.now()}@example.jp`,
  password: 'さくらのレコード棚',
  family: '桜井',
  given: '結衣',
};
export const SEGMENT = '優良顧客・メール可';
export const SUBJECT = '{{ customer.familyName | default: "お客" }}様へ、港の灯り';
export const MEMBERS_ARTICLE = '/articles/cutting-engineer';
