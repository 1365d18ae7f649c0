/** What a second person agreed to: these words, to these people, and to no more than so many. */
export interface Agreement {
  /** Digest of what will be drawn. */
  readonly content: string;
  /** Digest of who is meant: the segment's rule, the channels, what happens when quota is short. */
  readonly audience: string;
  readonly reach: number;
}

/** A segment moves by itself; growth beyond this share of what was agreed to is asked about again. */
export const REACH_MARGIN = 0.1;

export const stillHolds = (agreed: Agreement, now: Agreement): boolean =>
  agreed.content === now.content && agreed.audience === now.audience && covers(agreed, now.reach);

const covers = (agreed: Agreement, reach: number): boolean =>
  reach <= Math.floor(agreed.reach * (1 + REACH_MARGIN));
