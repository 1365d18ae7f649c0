/** What a rule looks at: one message as everybody's blocks make it, before anybody gets it. */
export interface Lintable {
  readonly channel: string;
  readonly subject: string;
  readonly preheader: string;
  /** What LINE shows in the list of chats; undefined where nobody asks for it. */
  readonly lineAltText?: string;
  readonly html: string;
  readonly text: string;
  readonly links: readonly { readonly key: string; readonly url: string }[];
  /** What stands at those of its links and pictures that are of our own site. */
  readonly sitePages: ReadonlyMap<
    string,
    'served' | 'unpublished' | 'missing' | 'gone' | 'unknown'
  >;
  /** What the merge fields of its texts ask for; null is a part that only a person's data decides. */
  readonly names: readonly {
    readonly path: readonly (string | number | null)[];
    readonly hasDefault: boolean;
  }[];
  /** A text that asks for more than a text may; null: none does. */
  readonly heavyText: string | null;
  /** What a merge field may name: `customer.familyName`, `customer.custom.size`, `tag.shipping`. */
  readonly fields: ReadonlySet<string>;
  /** Lines that only some people may read. */
  readonly gatedLines: readonly string[];
  /** Lines that everybody may read: what they say is no secret, whoever says it too. */
  readonly openLines: readonly string[];
}

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type LintRule = (message: Lintable) => readonly Finding[];

/** A few are named; a hundred would help nobody. */
export const FEW = 5;
