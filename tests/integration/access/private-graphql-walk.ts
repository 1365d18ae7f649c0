/** The questions of `private-walk.ts`, as one would ask them by GraphQL. */
import type { Core } from '@strapi/strapi';

import type { SecretPath } from './private-walk';

interface Naming {
  getTypeName(type: unknown): string;
  getComponentName(type: unknown): string;
  getFiltersInputTypeName(type: unknown): string;
  getFindQueryName(type: unknown): string;
}

const namingOf = (strapi: Core.Strapi): Naming =>
  (strapi.plugin('graphql').service('utils') as { naming: Naming }).naming;

/** The type or component as GraphQL knows it. */
export function namesOf(strapi: Core.Strapi, uid: string) {
  const naming = namingOf(strapi);
  const model = strapi.getModel(uid as never) as unknown as { modelType: string };
  const isComponent = model.modelType === 'component';
  return {
    type: isComponent ? naming.getComponentName(model) : naming.getTypeName(model),
    filters: naming.getFiltersInputTypeName(model),
    find: isComponent ? null : naming.getFindQueryName(model),
  };
}

/** `{ keeper: { email: { startsWith: "zeb" } } }`; nothing asks through a dynamic zone so. */
const nested = (names: readonly string[], inner: string): string =>
  names.reduceRight((value, name) => `{ ${name}: ${value} }`, inner);

/** `keeper { email }`; in a zone `zone { ... on ComponentGateBlock { reader { email } } }`. */
function selection(strapi: Core.Strapi, { steps, within, leaf }: SecretPath): string {
  return steps.reduceRight((inner, step, at) => {
    const component = within[at];
    const part = component ? `... on ${namesOf(strapi, component).type} { ${inner} }` : inner;
    return `${step} { ${part} }`;
  }, leaf);
}

/** As `questionsAbout`: `value` and what stands in its place the other time lie beside the letter n. */
export function graphqlQuestionsAbout(
  strapi: Core.Strapi,
  find: string,
  path: SecretPath,
  { value, thorough }: { readonly value: string; readonly thorough: boolean },
): string[] {
  const { steps, leaf } = path;
  const way = [...steps, leaf];
  const begins = `{ startsWith: "${value.slice(0, 3)}" }`;
  const beyond = '{ gte: "n" }';
  const list = (args: string): string => `{ ${find}(${args}) { __typename } }`;
  // A sort is a text, of which the schema knows nothing.
  const sorted = `{ ${find}(sort: "${way.join('.')}:desc") { documentId } }`;
  if (!thorough) return [sorted];
  const direct = [
    sorted,
    `{ ${find} { ${selection(strapi, path)} } }`,
    list(`filters: ${nested(way, begins)}`),
    list(`filters: ${nested(way, beyond)}`),
    list(`filters: ${nested(way, '{ notNull: true }')}`),
    list(`filters: { not: ${nested(way, begins)} }`),
    list(`filters: { or: [${nested(way, begins)}] }`),
    `{ ${find}_connection(filters: ${nested(way, begins)}) { pageInfo { total } } }`,
    `{ ${find}_connection(sort: ["${way.join('.')}"], pagination: { limit: 1 }) { nodes { documentId } } }`,
  ];
  const last = steps.at(-1);
  if (last === undefined || path.within.some(Boolean)) return direct;
  const down = (field: string): string =>
    `{ ${find} ${steps.slice(0, -1).reduceRight((inner, step) => `{ ${step} ${inner} }`, `{ ${field} }`)} }`;
  return [
    ...direct,
    down(`${last}(filters: { ${leaf}: ${begins} }) { __typename }`),
    down(`${last}(sort: "${leaf}:desc") { documentId }`),
    down(`${last}_connection(filters: { ${leaf}: ${begins} }) { nodes { documentId } }`),
    down(
      `${last}_connection(sort: "${leaf}:desc", pagination: { limit: 1 }) { nodes { documentId } }`,
    ),
  ];
}
