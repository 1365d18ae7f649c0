/** Shorthand for tests about customers: the compiled features on one running app. */
import type * as CommerceFeature from '../../../src/plugins/crm/server/commerce';
import type * as ConsentFeature from '../../../src/plugins/crm/server/consent';
import type * as CustomersFeature from '../../../src/plugins/crm/server/customers';
import type { Result } from '../../../src/plugins/crm/server/kernel';
import type { TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';

type Input = CustomersFeature.CustomerInput;

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export function people({ strapi }: TestApp) {
  const { inTransaction } = kernel();
  const customers = compiled<typeof CustomersFeature>('customers').customersService(strapi);
  const consent = compiled<typeof ConsentFeature>('consent').consentService(strapi);
  const commerce = compiled<typeof CommerceFeature>('commerce').commerceService(strapi);
  return {
    customers,
    consent,
    commerce,
    unit: <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(strapi, work),
    create: async (input: Input) =>
      unwrap(await inTransaction(strapi, (unit) => customers.create(unit, input))),
  };
}
