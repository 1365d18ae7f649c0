import { accountLink } from './account-link';
import { follow } from './follow';
import type { EventHandler } from './handler';
import { message } from './message';
import { postback } from './postback';
import { unfollow } from './unfollow';
import { unsend } from './unsend';

export type { EventContext, EventHandler } from './handler';

/** One handler per type of event; what stands not here is stored as a receipt and ignored. */
export const handlers: Readonly<Record<string, EventHandler | undefined>> = {
  accountLink,
  follow,
  message,
  postback,
  unfollow,
  unsend,
};
