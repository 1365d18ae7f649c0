import type { Messages } from '../kernel';
import { en } from './messages-en';
import { ja } from './messages-ja';

/** Texts of the member pages and mails. */
export const messages: Messages = { ja, en };
