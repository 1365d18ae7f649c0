import type { Core } from '@strapi/strapi';

import type { PersonKey } from '../../shared/plans';
import { customersService } from '../customers';

/** Whom a program means, by whatever it knows of her. */
export async function customerIdOf(strapi: Core.Strapi, key: PersonKey): Promise<number | null> {
  const customers = customersService(strapi);
  if ('id' in key) return (await customers.find(key.id))?.id ?? null;
  const found =
    'email' in key
      ? await customers.findByIdentity('email', key.email)
      : await customers.findByIdentity('customer-number', key.customerNumber);
  return found?.id ?? null;
}
