/** What can go wrong with sending, one file each. */
import { mailboxCheck } from './mailbox';
import { queueCheck } from './queue';
import { stuckCheck } from './stuck';
import { unknownCheck } from './unknown';

export const deliveryChecks = [queueCheck, stuckCheck, unknownCheck, mailboxCheck];
