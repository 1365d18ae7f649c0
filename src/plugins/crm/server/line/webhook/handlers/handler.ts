import type { Core } from '@strapi/strapi';

import type { LineAccountConfig, UnitOfWork } from '../../../kernel';
import type { LineEvent } from '../../domain/event';
import type { FriendKey } from '../../store';

export interface EventContext {
  readonly strapi: Core.Strapi;
  readonly account: LineAccountConfig;
  readonly event: LineEvent;
  readonly friend: FriendKey;
  /**
   * Everything that a handler writes, in one transaction with "this event is done". Calls to LINE
   * stand before or after it, never inside. A handler that never commits has ignored the event.
   */
  readonly commit: <T>(work: (unit: UnitOfWork) => Promise<T>) => Promise<T>;
}

export type EventHandler = (context: EventContext) => Promise<void>;
