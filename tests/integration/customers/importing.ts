/** Shorthand for tests about imports. */
import {
  importDraftSchema,
  importResultSchema,
  type ImportDraft,
  type ImportKind,
  type ImportResult,
  type ImportStart,
} from '../../../src/plugins/crm/shared/imports';
import type { AdminClient } from '../../support/admin';
import type { TestApp } from '../../support/app';
import { kernel } from '../../support/crm';

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

export const codeOf = ({ body }: { body: unknown }): string =>
  (body as { error: { code: string } }).error.code;

/** Imports as jobs, as the screen has them. */
export function importJobs(app: TestApp, admin: AdminClient) {
  const idle = () => kernel().jobs(app.strapi).idle();
  const find = async (id: number): Promise<ImportResult> =>
    importResultSchema.parse((await admin.get(`/crm/imports/${id}`)).body).data;
  /** Queues a draft; nobody works on it yet. */
  async function queue(draft: ImportDraft, choice: Partial<ImportStart> = {}): Promise<void> {
    const body = { mapping: draft.mapping, ...choice };
    const { status, body: answer } = await admin.post(`/crm/imports/${draft.id}/start`, body);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(answer)}`);
  }
  return {
    idle,
    find,
    queue,
    command: (id: number, name: string) => admin.post(`/crm/imports/${id}/${name}`),
    async upload(
      content: string | Uint8Array,
      kind: ImportKind = 'customers',
    ): Promise<ImportDraft> {
      const answer = await admin.upload(`/crm/imports?kind=${kind}&lang=ja`, content, BYTES);
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return importDraftSchema.parse(answer.body).data;
    },
    async start(draft: ImportDraft, choice: Partial<ImportStart> = {}): Promise<ImportResult> {
      await queue(draft, choice);
      await idle();
      return find(draft.id);
    },
  };
}
