/** The large shop as a database of the server that TEST_POSTGRES_URL names. */
import pg from 'pg';

import type { WorldStore } from './million-world';

const serverUrl = (): string => {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('--database postgres needs TEST_POSTGRES_URL');
  return url;
};

async function on<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

interface Built {
  readonly drop: string;
  readonly create: string;
}

/** Indexes and unique constraints of the tables; primary keys stay. */
async function builtOn(client: pg.Client, tables: readonly string[]): Promise<Built[]> {
  const constraints = await client.query<{ name: string; on: string; definition: string }>(
    `select conname as name, conrelid::regclass::text as on, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype in ('u', 'f') and conrelid::regclass::text = any($1)`,
    [tables],
  );
  const indexes = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where tablename = any($1)
     and indexname not in (select conname from pg_constraint where contype in ('p', 'u'))`,
    [tables],
  );
  return [
    ...constraints.rows.map(({ name, on: table, definition }) => ({
      drop: `alter table ${table} drop constraint "${name}"`,
      create: `alter table ${table} add constraint "${name}" ${definition}`,
    })),
    ...indexes.rows.map(({ indexname, indexdef }) => ({
      drop: `drop index "${indexname}"`,
      create: indexdef,
    })),
  ];
}

async function fillTables(
  client: pg.Client,
  tables: readonly string[],
  statements: readonly string[],
) {
  await client.query("set maintenance_work_mem = '512MB'; set synchronous_commit = off");
  const built = await builtOn(client, tables);
  for (const { drop } of built) await client.query(drop);
  await client.query(`truncate ${tables.join(', ')} cascade`);
  for (const statement of statements) await client.query(statement);
  for (const { create } of built) await client.query(create);
  for (const table of ['crm_customers', 'crm_orders']) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    );
  }
  for (const table of tables) await client.query(`vacuum analyze ${table}`);
}

export function postgresStore(world: string): WorldStore {
  const name = `enishi_bench_${world}`;
  const own = () => {
    const url = new URL(serverUrl());
    url.pathname = `/${name}`;
    return url.toString();
  };
  return {
    get place() {
      return own();
    },
    prepare: () =>
      on(serverUrl(), async (client) => {
        const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
          name,
        ]);
        if (rowCount === 0) await client.query(`create database ${name} template template0`);
      }),
    mark: () =>
      on(serverUrl(), async (client) => {
        const { rows } = await client.query<{ mark: string | null }>(
          "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1",
          [name],
        );
        return rows[0]?.mark ?? null;
      }),
    fill: (tables, statements, mark) =>
      on(own(), async (client) => {
        await fillTables(client, tables, statements);
        await client.query(`comment on database ${name} is '${mark}'`);
      }),
    forget: () =>
      on(serverUrl(), async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
    open: async () => {
      const client = new pg.Client({ connectionString: own() });
      await client.connect();
      return {
        rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
        close: () => client.end(),
      };
    },
  };
}
