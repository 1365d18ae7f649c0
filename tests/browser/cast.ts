/** Who plays in the story, and with what. */
export const HER = {
  email: `sakura-${Date.now()}@example.jp`,
  password: 'さくらのレコード棚',
  family: '桜井',
  given: '結衣',
};
export const EDITOR_MAIL = 'editor@example.jp';
/** Segments have names of their own: a second run on the same demo needs another. */
export const SEGMENT = `優良顧客・メール可${process.env.STORY_DEMO ? ` ${Date.now()}` : ''}`;
export const SUBJECT = '{{ customer.familyName | default: "お客" }}様へ、港の灯り';
export const MEMBERS_ARTICLE = '/articles/cutting-engineer';
