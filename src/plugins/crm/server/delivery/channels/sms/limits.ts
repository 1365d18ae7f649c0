/** One message a call: the gateway answers for one number. */
export const smsLimits = { batchSize: 1, maxAttempts: 6 } as const;

/** What the three large carriers of Japan deliver as one message; beyond it some cut it off. */
export const MOST_PARTS = 10;
/** From here on an editor is told what a message costs. */
export const MANY_PARTS = 4;
