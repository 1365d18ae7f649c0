/** Which variant each of some people gets in each live experiment. */
import type { Core } from '@strapi/strapi';

import type { VariantKey } from '../../shared/access';
import type { Experiment } from '../../shared/experiments';
import type { AssignedPerson } from '../access';
import { database } from '../kernel';
import { groupOf, type Group } from './domain/assign';
import { live } from './live';
import { groupsOf, type StoredGroup } from './store/people';

type Groups = ReadonlyMap<string, Group>;

export const customerUnit = (customerId: number): string => `c:${customerId}`;
export const visitorUnit = (visitorId: string): string => `v:${visitorId}`;

/** Whom a person is known as, the surer first. Nobody: who may not be recognised. */
export const unitsOf = ({ customerId, visitorId }: AssignedPerson): readonly string[] => [
  ...(customerId === undefined ? [] : [customerUnit(customerId)]),
  ...(visitorId === undefined ? [] : [visitorUnit(visitorId)]),
];

/**
 * What somebody already met stays, also when a browser's owner becomes known; else her bucket
 * decides. Who may not be recognised has the first variant, on every page, and is not counted.
 */
export async function groupsOfPeople(
  strapi: Core.Strapi,
  experiments: readonly Experiment[],
  people: readonly AssignedPerson[],
): Promise<readonly Groups[]> {
  const units = people.flatMap(unitsOf);
  const ids = experiments.map(({ documentId }) => documentId);
  const stored =
    ids.length > 0 && units.length > 0 ? await groupsOf(database(strapi), ids, units) : [];
  const met = new Map(stored.map((row) => [`${row.experiment} ${row.unit}`, row]));
  return people.map((person) => {
    const own = unitsOf(person);
    const groups = experiments.flatMap((experiment): [string, Group][] => {
      const { documentId } = experiment;
      const before = own
        .map((unit) => met.get(`${documentId} ${unit}`))
        .find((row) => row && isHers(row, person));
      const [unit] = own;
      const group = before?.variant ?? (unit === undefined ? undefined : groupOf(experiment, unit));
      return group ? [[documentId, group]] : [];
    });
    return new Map(groups);
  });
}

/** Of a browser that two people share, the second brings her own. */
const isHers = ({ customer_id: owner }: StoredGroup, { customerId }: AssignedPerson): boolean =>
  owner === null || customerId === undefined || Number(owner) === customerId;

export async function assignPeople(
  strapi: Core.Strapi,
  people: readonly AssignedPerson[],
): Promise<readonly ReadonlyMap<string, VariantKey>[]> {
  const experiments = await live(strapi).read();
  if (experiments.length === 0) return people.map(() => new Map());
  const running = experiments.filter(({ state }) => state === 'running');
  const decided = experiments.flatMap(({ documentId, winner, state }): [string, VariantKey][] =>
    state === 'permanent' && winner ? [[documentId, winner]] : [],
  );
  const groups = await groupsOfPeople(strapi, running, people);
  return groups.map((own) => {
    const shown = [...own].map(([id, group]): [string, VariantKey] => [id, seenBy(group)]);
    return new Map([...decided, ...shown]);
  });
}

/** Who is held out sees what everybody saw before. */
const seenBy = (group: Group): VariantKey => (group === 'holdout' ? 'a' : group);
