import type { VariantKey } from '../../../shared/access';
import type { UtmKey } from '../../../shared/context-rule';

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
  /** The browser's own id, only where its owner agreed to be recognised. */
  readonly visitorId?: string;
  /** documentId of an experiment → the variant this person gets. */
  readonly experiments?: ReadonlyMap<string, VariantKey>;
  /**
   * An editor looks through this viewer's eyes: what is decided is the same, but nothing is
   * counted, remembered or assigned. With `drafts` she sees what is not published yet.
   */
  readonly simulated?: { readonly drafts: boolean };
}

/** A fact left out is unknown (a mail has no device), and an unknown fact never opens a gate. */
export interface ViewerContext {
  readonly device?: 'mobile' | 'tablet' | 'desktop';
  readonly language?: string;
  /** ISO 3166, from the trusted header; unknown where none is configured. */
  readonly country?: string;
  /** The host that led here, lower case; `''` when none did. */
  readonly referrer?: string;
  /** The campaign parameters of this visit; `{}` when there are none. */
  readonly utm?: Readonly<Partial<Record<UtmKey, string>>>;
  /** Paths seen in this visit, as far as the request or an earlier consent tells. */
  readonly viewed?: readonly string[];
  /** The site's time zone, in which wall clocks are read. */
  readonly timeZone?: string;
}

/** A visitor of whom nothing is known. */
export const unknownVisitor: Viewer = {
  kind: 'visitor',
  plans: [],
  segments: new Set(),
  context: {},
};
