/** What can go wrong with sending, one file each. */
import { mailboxCheck } from './mailbox';
import { queueCheck } from './queue';
import { serversCheck } from './servers';
import { stuckCheck } from './stuck';
import { unknownCheck } from './unknown';

export const deliveryChecks = [queueCheck, serversCheck, stuckCheck, unknownCheck, mailboxCheck];
