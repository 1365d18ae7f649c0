/** Every provider whose webhook is understood, by the name in its address. */
import type { FeedbackProvider } from '../provider';

import { mailgun } from './mailgun';
import { sendgrid } from './sendgrid';
import { ses } from './ses';

export const feedbackProviders: readonly FeedbackProvider[] = [ses, sendgrid, mailgun];
