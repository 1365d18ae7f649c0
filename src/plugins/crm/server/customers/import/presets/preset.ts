/** What another product's export calls its columns, where our own headings would miss or mistake them. */
export interface ImportPreset {
  readonly name: string;
  /** Headings that together stand in no other product's files. */
  readonly telltales: readonly string[];
  /** Key of a column by its heading; null: left out, although it looks like one of ours. */
  readonly columns: Readonly<Record<string, string | null>>;
}
