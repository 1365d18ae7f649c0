/** What the gate knows of one content type or component, scanned from the models at boot. */
export type GateAttribute =
  | { readonly kind: 'relation'; readonly target?: string }
  | { readonly kind: 'component'; readonly component: string }
  | { readonly kind: 'zone'; readonly components: readonly string[] };

export interface GateModel {
  readonly uid: string;
  /** A component: it belongs to an entry, and is nothing without it. */
  readonly isComponent: boolean;
  /** The attribute that is a `plugin::crm.access` field, on a content type. */
  readonly accessField?: string;
  /** The attribute that is a `plugin::crm.audience` field, on a component. */
  readonly audienceField?: string;
  /** Attributes that stay when an entry is withheld with `otherwise: teaser`. */
  readonly teaser: ReadonlySet<string>;
  /** In a zone of a teaser, blocks up to and with the first divider stay. */
  readonly isDivider: boolean;
  /** Attributes that hold other entries or components; all others are plain values. */
  readonly nested: Readonly<Record<string, GateAttribute>>;
}

export type GateModels = (uid: string) => GateModel | undefined;

/** Stay in every teaser: they tell where and since when, not what. `updatedAt` would tell of edits. */
export const TEASER_ALWAYS: ReadonlySet<string> = new Set([
  'id',
  'documentId',
  'locale',
  'createdAt',
  'publishedAt',
  '__component',
  '__type',
]);
