/** GraphQL queries whose answer could tell a withheld value by what it selects, sorts or counts. */
const OPERATORS = ['eq', 'startsWith', 'contains', 'containsi', 'gt', 'lt', 'ne'];

export const graphqlQuestions = (noteIds: readonly string[]): string[] => [
  ...OPERATORS.map(
    (operator) =>
      `{ notes_connection(filters: { secret: { ${operator}: "zebra" } }) { nodes { documentId } pageInfo { total } } }`,
  ),
  '{ notes(filters: { not: { secret: { contains: "zebra" } } }) { documentId } }',
  '{ notes(filters: { or: [{ secret: { contains: "zebra" } }, { title: { eq: "teaser" } }] }) { documentId } }',
  '{ notes(sort: "secret") { documentId } }',
  '{ notes(sort: ["secret:desc"], pagination: { limit: 1 }) { documentId } }',
  '{ notes(filters: { sections: { body: { startsWith: "zebra" } } }) { documentId } }',
  '{ notes(filters: { wrapped: { sections: { body: { contains: "zebra" } } } }) { documentId } }',
  '{ notes(filters: { shelf: { notes: { secret: { startsWith: "zebra" } } } }) { documentId } }',
  '{ shelfs(filters: { notes: { secret: { startsWith: "zebra" } } }) { name } }',
  '{ shelfs(filters: { best: { secret: { contains: "zebra" } } }) { name } }',
  '{ shelfs(sort: "best.secret") { name } }',
  '{ shelfs { notes(filters: { secret: { startsWith: "zebra" } }) { documentId } } }',
  '{ shelfs { notes(sort: "secret:desc") { documentId } } }',
  '{ shelfs { notes_connection(filters: { secret: { contains: "zebra" } }) { nodes { documentId } } } }',
  '{ shelfs { notes(pagination: { limit: 1, start: 1 }) { documentId title } } }',
  '{ shelfs { sections(filters: { body: { contains: "zebra" } }) { id body } } }',
  '{ shelfs { sections(sort: "body") { id body } } }',
  '{ shelfs { sections(pagination: { limit: 1, start: 1 }) { id body } } }',
  '{ notes { shelf { notes(filters: { secret: { gt: "n" } }) { documentId } } } }',
  '{ letter { title secret } }',
  ...noteIds.map((id) => `{ note(documentId: "${id}") { title secret sections { body } } }`),
];
