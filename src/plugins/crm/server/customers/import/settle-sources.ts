/** Sources in an import: what a stronger source holds is kept, and who told what is remembered. */
import type { Core } from '@strapi/strapi';

import type { UnitOfWork } from '../../kernel';
import { originsOfNew, type Origin } from '../domain/field-sources';
import { remember, settle } from '../sources/ruling';
import { writeEncodedOrigins } from '../store/origins';
import { changedFields, type Person } from './merge-batch';

export interface ImportSources {
  /** People whom the file would have changed in nothing but fields that a stronger source holds. */
  readonly overruled: number;
  /** Once every person has an id. */
  remember(idOf: (person: Person) => number): Promise<void>;
}

/** Takes back, in `people`, what the import may not replace. One read and three writes a batch. */
export async function settleImport(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  people: readonly Person[],
  about: { readonly importId: number; readonly now: number },
): Promise<ImportSources> {
  const origin: Origin = { source: 'import', at: about.now, ref: String(about.importId) };
  const fresh = people.filter((person) => !person.before);
  const told = people.filter((person) => changedFields(person).length > 0);
  const rulings = await settle(strapi, unit, told, origin);
  let overruled = 0;
  told.forEach((person, index) => {
    const ruling = rulings[index];
    if (!ruling || ruling.after === person.after) return;
    person.after = ruling.after;
    if (changedFields(person).length === 0) overruled += 1;
  });
  return {
    overruled,
    async remember(idOf) {
      const encode = originsOfNew(origin);
      await writeEncodedOrigins(
        unit.trx,
        fresh.map((person) => [idOf(person), encode(person.after)]),
      );
      const settled = told.flatMap((person, index) => {
        const ruling = rulings[index];
        return ruling ? [{ customerId: idOf(person), ruling }] : [];
      });
      await remember(strapi, unit, settled, origin);
    },
  };
}
