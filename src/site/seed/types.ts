/** A text in both languages of the site. */
export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

export const both = (ja: string, en: string): Bilingual => ({ ja, en });

export interface SeedProduct {
  readonly slug: string;
  readonly code: string;
  readonly artist: Bilingual;
  readonly title: Bilingual;
  readonly format: 'LP' | 'LP2' | 'EP' | 'CD';
  readonly price: number;
  readonly genre: Bilingual;
  readonly label: string;
  readonly releaseYear: number;
  readonly artwork: string;
  readonly stock: number;
  readonly description: Bilingual;
  /** Title in Japanese, in English, and length. */
  readonly tracks: readonly (readonly [string, string, string])[];
}

/** A value of the field Access. */
export interface SeedAccess {
  readonly audience: object;
  readonly otherwise: 'teaser' | 'deny' | 'login';
}

/** One block; texts are already in the language of the list they stand in. */
export interface SeedBlock {
  readonly __component: string;
  readonly [attribute: string]: unknown;
}

export interface SeedArticle {
  readonly slug: string;
  readonly artwork: string;
  readonly publishedOn: string;
  readonly access: SeedAccess | null;
  readonly ja: SeedArticleText;
  readonly en: SeedArticleText;
}

export interface SeedArticleText {
  readonly title: string;
  readonly lead: string;
  readonly category: string;
  readonly author: string;
  readonly blocks: readonly SeedBlock[];
}

export interface SeedPage {
  readonly slug: string;
  readonly access: SeedAccess | null;
  readonly ja: SeedPageText;
  readonly en: SeedPageText;
}

export interface SeedPageText {
  readonly title: string;
  readonly description: string;
  readonly blocks: readonly SeedBlock[];
}
