/** Shorthand for tests about imports. */
import { importResultSchema, type ImportResult } from '../../../src/plugins/crm/shared/imports';
import type { AdminClient } from '../../support/admin';

/** Any encoding; the server tells it from the bytes. */
export const BYTES = 'application/octet-stream';
export const CUSTOMERS = '/crm/customers/import';
export const ORDERS = '/crm/orders/import';

export async function bring(
  admin: AdminClient,
  route: string,
  content: string | Uint8Array,
  type = BYTES,
): Promise<ImportResult> {
  const { status, body } = await admin.upload(route, content, type);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return importResultSchema.parse(body).data;
}

/** Created, updated, unchanged, failed. */
export const counts = ({ created, updated, unchanged, failed }: ImportResult): number[] => [
  created,
  updated,
  unchanged,
  failed,
];

export const reasons = ({ errors }: ImportResult) =>
  errors.map(({ line, column, code }) => [line, column, code]);
