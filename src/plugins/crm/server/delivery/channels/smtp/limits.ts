/** One message a call: SMTP answers per message, and one recipient each keeps carriers content. */
export const smtpLimits = { batchSize: 1, maxAttempts: 6 } as const;

/** When our own database could not be told, the mail waits for it and not for the provider. */
export const NOT_HANDED_OVER_SECONDS = 5;

/** Servers close long sessions; ending one first costs less than being cut off. */
export const MESSAGES_PER_CONNECTION = 200;
/** Most servers drop idle sessions after one to five minutes. */
export const IDLE_MS = 20_000;
export const SOCKET_TIMEOUT_MS = 60_000;
export const CONNECT_TIMEOUT_MS = 20_000;

/** Mail programs cut a subject at about this many full-width characters on a phone. */
export const SUBJECT_WARN = 40;
export const SUBJECT_MAX = 150;
/** Gmail clips a mail beyond 102 kB and hides the unsubscribe link with it. */
export const HTML_WARN_BYTES = 100_000;
