import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

describe('boot', () => {
  it('loads the plugin and migrates its own tables', async () => {
    expect(app.strapi.plugin('crm')).toBeDefined();
    const rows: { id: string }[] = await app.strapi.db.connection('crm_migrations').select('id');
    expect(rows.map((row) => row.id)).toContain('kernel/0001-domain-events');
  });

  it('has Japanese as the default locale', async () => {
    expect(await app.strapi.plugin('i18n').service('locales').getDefaultLocale()).toBe('ja');
  });
});
