import { createHash } from 'node:crypto';

import { normalizeEmail, normalizePhone } from '../../customers';
import type { ConsentChannel } from '../../../shared/consent';

/** The address in one spelling, hashed: suppressions outlive the erasure of the person. */
export function addressHash(channel: ConsentChannel, address: string): string {
  return createHash('sha256').update(canonicalAddress(channel, address)).digest('hex');
}

function canonicalAddress(channel: ConsentChannel, address: string): string {
  if (channel === 'email') return normalizeEmail(address) ?? address.trim().toLowerCase();
  if (channel === 'sms') return normalizePhone(address) ?? address.trim();
  return address.trim();
}
