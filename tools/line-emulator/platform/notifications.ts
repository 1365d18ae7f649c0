/** Something the phone page and its drawer want to hear about at once. */
export type Notification =
  | { kind: 'chat'; channelId: string; userId: string }
  | { kind: 'loading'; channelId: string; userId: string; seconds: number }
  | { kind: 'users' }
  | { kind: 'webhook' }
  | { kind: 'request' }
  | { kind: 'tools' }
  | { kind: 'reset' };

export interface Notifications {
  publish(notification: Notification): void;
  subscribe(listener: (notification: Notification) => void): () => void;
}

export function createNotifications(): Notifications {
  const listeners = new Set<(notification: Notification) => void>();
  return {
    publish(notification) {
      for (const listener of listeners) listener(notification);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
