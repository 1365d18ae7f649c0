/** Holds an import of another process in its middle: what comes then waits for no race. */
import type { TestApp } from '../../support/app';
import { kernel } from '../../support/crm';

/** Any constant does. */
const LOCK = 0x686f6c64;

/**
 * The run `id` cannot commit a batch beyond `rows`: whoever tries hangs in the statement, for ever
 * on SQLite, on PostgreSQL until the hold is released.
 */
export async function holdImport(
  app: TestApp,
  { id, rows }: { readonly id: number; readonly rows: number },
): Promise<{ release(): Promise<void> }> {
  const db = kernel().database(app.strapi);
  const when = `when (new.id = ${id} and new.rows > ${rows})`;
  if (!kernel().isPostgres(db)) {
    await db.raw(
      'create view endless as with recursive turns(n) as (select 1 union all select n + 1 from turns) select n from turns',
    );
    await db.raw(
      `create trigger held_import before update on crm_imports ${when} begin select count(*) from endless; end`,
    );
    return {
      async release() {
        await db.raw('drop trigger held_import');
        await db.raw('drop view endless');
      },
    };
  }
  const holder = await db.transaction();
  await holder.raw('select pg_advisory_xact_lock(?)', [LOCK]);
  await db.raw(
    `create function held_import() returns trigger language plpgsql as
     'begin perform pg_advisory_xact_lock(${LOCK}); return new; end'`,
  );
  await db.raw(
    `create trigger held_import before update on crm_imports for each row ${when} execute function held_import()`,
  );
  return {
    async release() {
      await holder.rollback();
      // Waits for the transaction of whoever was held, who is gone by now.
      await db.raw('drop trigger held_import on crm_imports');
      await db.raw('drop function held_import()');
    },
  };
}
