/** Who looks, as far as a decision needs to know. */
export interface Viewer {
  /**
   * `visitor`: no login is known. `member`: logged in, or a mail to someone who has a login.
   * `preview`: an editor or an API token, who sees everything as it is stored.
   */
  readonly kind: 'visitor' | 'member' | 'preview';
  readonly customerId?: number;
  readonly memberSince?: Date;
  readonly tier?: string;
  readonly plans: readonly string[];
  /** documentIds of the segments the customer is in. */
  readonly segments: ReadonlySet<string>;
  readonly context: ViewerContext;
}

/** A fact left out is unknown (a mail has no device), and an unknown fact never opens a gate. */
export interface ViewerContext {
  readonly device?: 'mobile' | 'tablet' | 'desktop';
  readonly language?: string;
  /** The campaign parameters of this visit; `{}` when there are none. */
  readonly utm?: Readonly<Partial<Record<'source' | 'medium' | 'campaign', string>>>;
}

/** A visitor of whom nothing is known. */
export const unknownVisitor: Viewer = {
  kind: 'visitor',
  plans: [],
  segments: new Set(),
  context: {},
};
