/** What a mail provider's webhook is: how it proves itself, and how its events read. */
import type { Core } from '@strapi/strapi';

import type { Result } from '../../kernel';

import type { FeedbackReport } from '../domain/feedback';

export interface WebhookRequest {
  /** The exact text that was signed. */
  readonly raw: string;
  /** The same, parsed. */
  readonly json: unknown;
  header(name: string): string;
}

/** `reports` of a request that proved itself; none for a handshake. */
export type Heard = Result<readonly FeedbackReport[]>;

export interface FeedbackProvider {
  /** Stands in the webhook's address and in the database. */
  readonly key: 'ses' | 'sendgrid' | 'mailgun';
  /** True when the configuration names what its signature is checked against. */
  isConfigured(strapi: Core.Strapi): boolean;
  /** Checks the signature first: nothing of a forged request is read. */
  hear(strapi: Core.Strapi, request: WebhookRequest): Promise<Heard>;
}
