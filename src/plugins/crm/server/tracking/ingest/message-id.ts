import { monotonicFactory } from 'ulid';

/**
 * The id of an event whose sender gave none. Of those of one millisecond each is one more than the
 * one before: chance for every one of them, sixteen calls for a byte each, was the larger part of
 * what a flood of events without ids cost.
 */
export const newMessageId = monotonicFactory();
