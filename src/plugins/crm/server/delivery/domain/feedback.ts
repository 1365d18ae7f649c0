import type { MessageReference } from './message-reference';

/** What we are told about a mail after the provider took it. */
export const feedbackKinds = [
  'hard-bounce',
  'soft-bounce',
  'policy-bounce',
  'complaint',
  'delivered',
  'reply',
] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

export interface FeedbackReport {
  /** Null: it means nothing to us, and is only written down so that its proof counts once. */
  readonly kind: FeedbackKind | null;
  /** Which mail it may be about; the outbox knows whether one of them is ours. */
  readonly references: readonly MessageReference[];
  /** Whom it is about, as the reporter says; believed only from a reporter that proved itself. */
  readonly address: string | null;
  /** The server's own words. */
  readonly detail: string;
  /** The same happening told twice has the same one. */
  readonly eventId: string;
  /** Epoch ms; null when the reporter does not say. */
  readonly at: number | null;
}
