/** What a person wishes beside yes and no. */
export interface Wishes {
  readonly refusedTopics: ReadonlySet<number>;
  /** Epoch ms; null: not resting. May be past. */
  readonly pausedUntil: number | null;
  readonly weeklyMax: number | null;
  /** Nobody is to note what she opens and clicks. */
  readonly isUntracked: boolean;
}

/** Of two wishes what asks less of her: every no stays, the longer rest, the fewer messages. */
export function stricter(before: Wishes, asked: Wishes, now: number): Wishes {
  const untils = [before.pausedUntil, asked.pausedUntil].filter(
    (until): until is number => until !== null && until > now,
  );
  const most = [before.weeklyMax, asked.weeklyMax].filter((max): max is number => max !== null);
  return {
    refusedTopics: new Set([...before.refusedTopics, ...asked.refusedTopics]),
    pausedUntil: untils.length > 0 ? Math.max(...untils) : null,
    weeklyMax: most.length > 0 ? Math.min(...most) : null,
    isUntracked: before.isUntracked || asked.isUntracked,
  };
}
