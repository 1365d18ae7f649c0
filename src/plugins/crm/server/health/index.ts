/** PUBLIC: whether everything is in order. */
import type { Health, HealthSettings } from '../../shared/health';
import { defineService, type Locale, type Result } from '../kernel';

export type { Health, HealthSettings };

/** What a monitor is told: no words, no names of people. */
export interface HealthSignal {
  readonly status: Health['state'];
  readonly checkedAt: string;
  readonly checks: readonly { readonly key: string; readonly state: Health['state'] }[];
}

export interface HealthService {
  /** Looks at everything while it is asked. */
  page(locale: Locale): Promise<Health>;
  /** The same for machines; looked at again every few seconds at most. */
  signal(): Promise<HealthSignal>;
  /** One look with what follows: incidents begin and end, people are told. */
  watch(): Promise<void>;
  settings(): Promise<HealthSettings>;
  saveSettings(settings: HealthSettings): Promise<HealthSettings>;
  /** A message to everybody who would be told; answers to how many. */
  testAlert(): Promise<Result<number>>;
  /** A process that is gone for good is not missed any more. */
  forgetNode(id: string): Promise<Result<true>>;
}

/** Typed getter of the health service. */
export const healthService = defineService<HealthService>('health');
