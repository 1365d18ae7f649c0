/** Reading the properties of an event (a JSON text of anybody's) inside a statement. */
import type { Knex } from 'knex';

import { isPostgres, type Database } from '../../kernel';

/**
 * PostgreSQL refuses to read JSON with `\\u0000` or half a surrogate pair in it, and one such event
 * would break every count. Properties with an escaped character are read as empty, on both databases.
 */
const readable = (column: string): string => `case when {has} > 0 then '{}' else ${column} end`;

const jsonOf = (db: Database, table: string): string =>
  isPostgres(db)
    ? `cast(${readable(`${table}.properties`).replace('{has}', `strpos(${table}.properties, '\\u')`)} as jsonb)`
    : readable(`${table}.properties`).replace('{has}', `instr(${table}.properties, '\\u')`);

const path = (db: Database, name: string): string => (isPostgres(db) ? name : `$."${name}"`);

/** A property as text; null when it is missing, a list or an object. */
export function propertyText(db: Database, table: string, name: string): Knex.Raw {
  const json = jsonOf(db, table);
  const at = path(db, name);
  if (isPostgres(db)) {
    const sql = `case when jsonb_typeof(${json} -> cast(? as text)) in ('string', 'number', 'boolean')
      then ${json} ->> cast(? as text) end`;
    return db.raw(sql, [at, at]);
  }
  const sql = `case json_type(${json}, ?) when 'true' then 'true' when 'false' then 'false'
    when 'text' then json_extract(${json}, ?) when 'integer' then cast(json_extract(${json}, ?) as text)
    when 'real' then cast(json_extract(${json}, ?) as text) end`;
  return db.raw(sql, [at, at, at, at]);
}

/** Larger ones are nobody's price: a page could send two whose sum no database can say. */
const LARGEST = 1e15;

/** A property as a number; null when it is none, or beyond all sense. A text of digits is a text. */
export function propertyNumber(db: Database, table: string, name: string): Knex.Raw {
  const json = jsonOf(db, table);
  const at = path(db, name);
  return isPostgres(db)
    ? db.raw(
        `case when jsonb_typeof(${json} -> cast(? as text)) = 'number' then
          case when cast(${json} ->> cast(? as text) as numeric) between ${-LARGEST} and ${LARGEST}
          then cast(${json} ->> cast(? as text) as double precision) end end`,
        [at, at, at],
      )
    : db.raw(
        // As a double: whole numbers that add up to more than 64 bits fail the whole statement.
        `case when json_type(${json}, ?) in ('integer', 'real')
          and json_extract(${json}, ?) between ${-LARGEST} and ${LARGEST}
          then cast(json_extract(${json}, ?) as real) end`,
        [at, at, at],
      );
}
