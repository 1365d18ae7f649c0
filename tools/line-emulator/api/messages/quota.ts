import { japaneseMonth } from '../../clock';
import { refuse, type Answer } from '../../http/answer';
import type { Platform } from '../../platform';
import type { Channel } from '../../state/model';

/** Starts the count anew when the month in Japan has changed. */
export function currentQuota(platform: Platform, channel: Channel): Channel['quota'] {
  const month = japaneseMonth(platform.clock.now());
  if (channel.quota.month !== month) {
    channel.quota.month = month;
    channel.quota.used = 0;
  }
  return channel.quota;
}

export const monthlyLimit = (): Answer => refuse(429, 'You have reached your monthly limit.');

/** Takes so many people out of the monthly quota; false leaves it as it is. */
export function spendQuota(platform: Platform, channel: Channel, people: number): boolean {
  const quota = currentQuota(platform, channel);
  if (quota.type === 'limited' && quota.used + people > quota.value) return false;
  quota.used += people;
  return true;
}
