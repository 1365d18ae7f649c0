import { defineExtensionPoint } from './extension-point';
import type { UnitOfWork } from './unit-of-work';

/**
 * What a feature keeps of one person, for two rights of hers: to have a copy, and to be forgotten.
 * Every feature with a table that names a customer provides one.
 */
export interface PersonalData {
  /** Section of the copy: `orders`. */
  readonly key: string;
  /** Plain values in her language or none; never a password, a token or a hash. */
  copy(customerId: number): Promise<unknown>;
  /**
   * Takes away what says who she is, and stops what would still reach her. Sums and counts of
   * others must stay as they are, so rows that are counted stay, without her.
   */
  erase(unit: UnitOfWork, customerId: number): Promise<void>;
}

/** In feature order; erased in the opposite order, so that identities go last. */
export const personalData = defineExtensionPoint<PersonalData>('kernel.personal-data');
