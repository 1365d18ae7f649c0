import { isEntity, type Entity } from '../domain/gate';

/**
 * Entities in any shape that plugin-graphql's resolvers hand on: one, a list, `{ nodes }` of a
 * connection. Those mapped to null are left out.
 */
export function mapEntities(value: unknown, map: (entity: Entity) => Entity | null): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(isEntity)
      .map(map)
      .filter((entity) => entity !== null);
  }
  if (!isEntity(value)) return value;
  if (Array.isArray(value.nodes)) return { ...value, nodes: mapEntities(value.nodes, map) };
  return map(value);
}
