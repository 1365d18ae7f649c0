/** The thread behind `mjml-thread`. Pages come first where the system can tell threads apart. */
import { parentPort } from 'node:worker_threads';

import { stepBack } from '../kernel/thread-priority';

import { layOutMjml } from './mjml-layout';
import type { LayoutOrder, LayoutReply } from './mjml-thread';

const tell = (reply: LayoutReply) => parentPort?.postMessage(reply);

stepBack();
parentPort?.on('message', ({ id, mjml }: LayoutOrder) => {
  layOutMjml(mjml).then(
    (html) => tell({ id, html }),
    (error: unknown) => tell({ id, error: String(error) }),
  );
});
