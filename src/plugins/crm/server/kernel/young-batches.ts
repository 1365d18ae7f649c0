/** Memory of long work in batches: what a batch leaves behind is collected as soon as it is over. */
import { setFlagsFromString } from 'node:v8';

/**
 * V8 watches where objects are made that live long, and from then on makes those at once in the old
 * generation. One collection in the middle of a first batch is enough to take all rows of a file for
 * such: every later batch, and all that hangs on it, then lies there until some hundreds of megabytes
 * are full. Short-lived work never gains from the guess. It is for the process as a whole, and V8
 * asks for it at each collection anew.
 */
export function keepBatchesYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
