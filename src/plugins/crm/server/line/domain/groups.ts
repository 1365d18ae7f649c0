/** Which messages may go in one call: the same words from the same account, to different people. */

/** LINE's most for one multicast. */
export const MULTICAST_MOST = 500;

export interface Groupable {
  readonly account: string;
  readonly userId: string;
  /** The message objects as they would be sent; the same text is the same message. */
  readonly body: string;
}

/** Groups of at most 500, in the order in which they came; a person stands once in each. */
export function groupsOf<T extends Groupable>(messages: readonly T[]): T[][] {
  const alike = new Map<string, Map<string, T>[]>();
  for (const message of messages) {
    const key = `${message.account}\n${message.body}`;
    const groups = alike.get(key) ?? [];
    alike.set(key, groups);
    place(groups, message);
  }
  return [...alike.values()].flat().map((group) => [...group.values()]);
}

function place<T extends Groupable>(groups: Map<string, T>[], message: T): void {
  const last = groups.at(-1);
  if (last && last.size < MULTICAST_MOST && !last.has(message.userId)) {
    last.set(message.userId, message);
  } else groups.push(new Map([[message.userId, message]]));
}
