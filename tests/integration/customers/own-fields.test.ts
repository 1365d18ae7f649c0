import { afterAll, beforeAll, expect, it } from 'vitest';

import { customerOptionsSchema } from '../../../src/plugins/crm/shared/customers';
import type * as AccessFeature from '../../../src/plugins/crm/server/access';
import type * as ContentFeature from '../../../src/plugins/crm/server/content';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { bring, counts, CUSTOMERS, reasons } from './importing';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp({
    // As the Content-Type Builder leaves the type behind.
    extend: (strapi) => {
      const { attributes } = strapi.contentType('plugin::crm.customer');
      Object.assign(attributes, {
        favouriteGenre: { type: 'string' },
        visits: { type: 'integer' },
        wantsCatalogue: { type: 'boolean' },
        anniversary: { type: 'date' },
        size: { type: 'enumeration', enum: ['S', 'M', 'L'] },
      });
    },
  });
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

const heading = '会員番号,favouriteGenre,visits,wantsCatalogue,anniversary,size\n';
const find = async (number: string) =>
  (await crm.customers.findByIdentity('customer-number', number))?.custom;

it('a field of the operator’s own is at once imported, exported, changed and asked about', async () => {
  const result = await bring(
    admin,
    CUSTOMERS,
    `${heading}F-1,ジャズ,12,はい,2020/4/1,M\nF-2,ロック,たくさん,,昨日,XL\n`,
  );
  expect(counts(result)).toEqual([1, 0, 0, 1]);
  expect(reasons(result)).toEqual([
    [3, 'visits', 'invalid-value'],
    [3, 'anniversary', 'invalid-value'],
    [3, 'size', 'invalid-value'],
  ]);
  const stored = {
    favouriteGenre: 'ジャズ',
    visits: 12,
    wantsCatalogue: true,
    anniversary: '2020-04-01',
    size: 'M',
  };
  expect(await find('F-1')).toEqual(stored);
  const again = await bring(admin, CUSTOMERS, `${heading}F-1,ジャズ,12,はい,2020-04-01,M\n`);
  expect(counts(again)).toEqual([0, 0, 1, 0]);

  const file = await admin.get(
    '/crm/customers/export?q=F-1&fields=customerNumber,custom.favouriteGenre,custom.visits&lang=ja',
  );
  expect(String(file.body)).toContain('F-1,ジャズ,12');

  const id = (await crm.customers.findByIdentity('customer-number', 'F-1'))?.id ?? 0;
  const put = (custom: object) => admin.put(`/crm/customers/${id}`, { custom });
  expect((await put({ visits: 13 })).status).toBe(200);
  expect(await find('F-1')).toEqual({ ...stored, visits: 13 });
  expect((await put({ visits: 1.5 })).status).toBe(400);
  expect((await put({ size: 'XL' })).status).toBe(400);
  expect((await put({ password: 'x' })).status).toBe(400);

  const rule = {
    combinator: 'and',
    rules: [{ field: 'customer.favouriteGenre', operator: 'is', value: 'ジャズ' }],
  };
  const fields = JSON.stringify((await admin.get('/crm/segments/fields')).body);
  for (const name of Object.keys(stored)) expect(fields).toContain(`customer.${name}`);
  const preview = await admin.post('/crm/segments/preview', { rule });
  expect(preview.body).toMatchObject({ data: { count: 1 } });

  const viewer = await compiled<typeof AccessFeature>('access')
    .accessService(app.strapi)
    .viewerForCustomer(id);
  const merged = await compiled<typeof ContentFeature>('content')
    .contentService(app.strapi)
    .fillTexts(
      { text: '{{ customer.custom.favouriteGenre }}を{{ customer.custom.visits }}回' },
      viewer,
      'ja',
    );
  expect(merged.text).toBe('ジャズを13回');

  const options = customerOptionsSchema.parse((await admin.get('/crm/customers/options')).body);
  expect(options.data.custom).toContainEqual({
    name: 'size',
    type: 'choice',
    values: ['S', 'M', 'L'],
  });
});
