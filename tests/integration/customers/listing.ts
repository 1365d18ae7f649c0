/** The customer list and what is done to all that it shows, through the admin. */
import { bulkAnswerSchema, type BulkRun } from '../../../src/plugins/crm/shared/customer-work';
import { customerListSchema } from '../../../src/plugins/crm/shared/customers';
import type { AdminClient } from '../../support/admin';
import type { TestApp } from '../../support/app';
import { kernel } from '../../support/crm';

export function listing(app: TestApp, admin: AdminClient) {
  const list = async (query: string) =>
    customerListSchema.parse((await admin.get(`/crm/customers?${query}`)).body);
  return {
    list,
    /** Everybody's id, page by page. */
    async walk(query: string): Promise<number[]> {
      const seen: number[] = [];
      for (let cursor = ''; ;) {
        const { data, page } = await list(`${query}&limit=100${cursor}`);
        seen.push(...data.map((customer) => customer.id));
        if (!page.next) return seen;
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
    },
    /** Done when it returns. */
    async bulk(body: object): Promise<BulkRun> {
      const started = await admin.post('/crm/customers/bulk', body);
      if (started.status !== 200) throw new Error(JSON.stringify(started.body));
      const { id } = bulkAnswerSchema.parse(started.body).data;
      await kernel().jobs(app.strapi).idle();
      return bulkAnswerSchema.parse((await admin.get(`/crm/customers/bulk/${id}`)).body).data;
    },
  };
}
