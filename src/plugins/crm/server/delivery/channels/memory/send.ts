/** Keeps messages in memory and answers as a test tells it to. Never enabled on a real site. */
import type { Channel, HandOver, OutboundMessage, SendOutcome } from '../channel';

import { emailAddresses } from '../../store/email-addresses';

import { classify } from './errors';
import { memoryLimits } from './limits';

export interface MemoryChannel extends Channel {
  readonly accepted: OutboundMessage[];
  /** Decides the next answers; by default everything is accepted. */
  answer: (message: OutboundMessage) => SendOutcome | Promise<SendOutcome>;
}

export function createMemoryChannel(enabled: boolean): MemoryChannel {
  const channel: MemoryChannel = {
    key: 'memory',
    enabled,
    consentChannel: 'email',
    rendering: 'email',
    idempotent: false,
    ...memoryLimits,
    accepted: [],
    answer: (message) => ({ status: 'accepted', providerMessageId: `memory-${message.id}` }),
    addresses: emailAddresses,
    lint: () => [],
    send: (batch, handOver) => Promise.all(batch.map((message) => one(channel, message, handOver))),
  };
  return channel;
}

async function one(channel: MemoryChannel, message: OutboundMessage, handOver: HandOver) {
  if (!(await handOver([message.id]))) {
    return { status: 'retry', reason: 'lease lost' } satisfies SendOutcome;
  }
  try {
    const outcome = await channel.answer(message);
    if (outcome.status === 'accepted') channel.accepted.push(message);
    return outcome;
  } catch (error) {
    return classify(error);
  }
}
