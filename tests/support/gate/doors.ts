/** The ways in, as a list that the crawler walks down. */

export interface GateEntries {
  readonly noteIds: readonly string[];
  readonly shelfId: string;
}

const shallow = [
  '',
  'populate=*',
  'populate[sections]=*',
  'populate[sections][fields]=body',
  'populate[sections][fields][0]=id&populate[sections][fields][1]=body',
  'populate[only][fields]=body',
  'populate[wrapped][populate]=*',
  'populate[wrapped][populate][sections][fields]=body',
  'populate[zone][populate]=*',
  'populate[zone][on][gate.block][fields]=body',
  'populate[zone][on][gate.wrapper][populate][sections][fields]=body',
  'populate[zone][on][gate.wrapper][fields]=caption',
  'fields=secret',
  'fields[0]=title&fields[1]=secret',
  'fields=title&populate[zone][on][gate.block]=true',
  'locale=*&populate=*',
  'populate[shelf][populate][notes][fields]=secret',
  'populate[shelf][populate][notes][populate][sections][fields]=body',
  'populate[shelf][populate][best]=*',
  'populate[cover][populate]=*',
  'populate[cover][populate][related]=*',
  'populate[zone][on][gate.block][populate][picture][populate][related]=*',
];

/** Every REST address that could show a note, however asked. */
export const restDoors = ({ noteIds, shelfId }: GateEntries): string[] => [
  ...shallow.map((query) => `/api/notes?pagination[pageSize]=100&${query}`),
  ...noteIds.flatMap((id) => shallow.map((query) => `/api/notes/${id}?${query}`)),
  ...[
    'populate=*',
    'populate[notes]=*',
    'populate[notes][fields]=secret',
    'populate[notes][fields]=title',
    'populate[notes][populate]=*',
    'populate[notes][populate][zone][on][gate.block][fields]=body',
    'populate[best]=*',
    'populate[best][fields]=secret',
    'populate[sections][fields]=body',
  ].flatMap((query) => [`/api/shelfs?${query}`, `/api/shelfs/${shelfId}?${query}`]),
  '/api/letter',
  '/api/letter?fields=secret',
  '/api/upload/files?populate=*',
  '/api/upload/files?populate[related]=*',
  '/api/upload/files?populate[related][populate]=*',
  '/api/upload/files?populate[related][fields]=body',
  '/api/notes?_q=SECRET',
  '/api/notes?filters[secret][$contains]=SECRET&populate=*',
  '/api/notes?sort=secret&populate=*',
  '/api/notes?status=draft&populate=*',
  '/api/shelfs?status=draft&populate[notes]=*',
  '/api/notes?publicationFilter=modified',
];

const SECTION = '{ id body audience }';
const NOTE = `
  documentId title secret access updatedAt
  zone {
    __typename
    ... on ComponentGateBlock { id body audience picture { url related { ...related } } }
    ... on ComponentGateDivider { heading }
    ... on ComponentGateWrapper { caption sections ${SECTION} }
  }
  sections ${SECTION}
  only ${SECTION}
  wrapped { caption sections(pagination: { limit: 100 }) ${SECTION} }
  cover { name related { ...related } }`;
const RELATED = `
  fragment related on GenericMorph {
    __typename
    ... on Note { title secret }
    ... on ComponentGateBlock { body }
    ... on ComponentGateSection { body }
  }`;
const SHELF = `
  name
  notes(pagination: { limit: 100 }) { ${NOTE} }
  notes_connection { nodes { title secret } }
  best { ${NOTE} }
  sections ${SECTION}`;

/** GraphQL documents that ask for everything. */
export const graphqlDoors = ({ noteIds, shelfId }: GateEntries): string[] => [
  ...[
    `{ notes(pagination: { limit: 100 }) { ${NOTE} shelf { ${SHELF} } } }`,
    `{ notes { secret zone { ... on ComponentGateBlock { body } } } }`,
    `{ notes_connection { nodes { ${NOTE} } pageInfo { total pageCount } } }`,
    `{ shelfs { ${SHELF} } }`,
    `{ shelf(documentId: "${shelfId}") { ${SHELF} } }`,
    `{ uploadFiles { name related { ...related } } }`,
    `{ uploadFiles { related { ... on Note { ${NOTE} shelf { ${SHELF} } } ...related } } }`,
    ...noteIds.map((id) => `{ note(documentId: "${id}") { ${NOTE} shelf { ${SHELF} } } }`),
  ].map((query) => (query.includes('...related') ? query + RELATED : query)),
  '{ letter { title secret } }',
  '{ notes(status: DRAFT) { title secret sections { body } } }',
  '{ shelfs(status: DRAFT) { notes { title secret } best { secret } } }',
  '{ notes(publicationFilter: MODIFIED) { secret } }',
  '{ notes(filters: { secret: { contains: "SECRET" } }) { title secret } }',
  '{ notes(sort: "secret") { title secret } }',
];
