/** Services behind the list: its views, actions on many, and exports. */
import type { Core } from '@strapi/strapi';

import type {
  BulkInput,
  BulkRun,
  CustomerView,
  ExportCheck,
  ExportQuery,
} from '../../shared/customer-work';
import {
  clock,
  database,
  defineService,
  refuse,
  success,
  type Database,
  type Locale,
  type Result,
} from '../kernel';
import { findBulk, startBulk, undoBulk } from './bulk/service';
import { exportChoices } from './export/fields';
import { checkExport, exportFile } from './export/service';
import type { Staff } from './staff';
import {
  deleteView,
  findView,
  insertView,
  listViews,
  updateView,
  type StoredView,
} from './store/views';

type ViewInput = Pick<CustomerView, 'name' | 'query'>;

/**
 * Views of the list that staff have kept. Everybody sees all of them; whoever made one changes and
 * removes it, and super admins do.
 */
export interface CustomerViewsService {
  list(who: Staff): Promise<CustomerView[]>;
  create(who: Staff, view: ViewInput): Promise<CustomerView>;
  update(who: Staff, id: number, view: ViewInput): Promise<Result<CustomerView>>;
  delete(who: Staff, id: number): Promise<Result<undefined>>;
}

export const customerViewsService = defineService<CustomerViewsService>('customer-views');

const mayChange = ({ id, isSuperAdmin }: Staff, { staffId }: StoredView): boolean =>
  isSuperAdmin || (id !== null && id === staffId);

async function changeable(db: Database, who: Staff, id: number): Promise<Result<StoredView>> {
  const view = await findView(db, id);
  if (!view) return refuse('customers.view.not-found', 404);
  return mayChange(who, view) ? success(view) : refuse('customers.view.not-yours', 403);
}

export const createViewsService = ({ strapi }: { strapi: Core.Strapi }): CustomerViewsService => ({
  async list(who) {
    const views = await listViews(database(strapi));
    return views.map((view) => ({
      id: view.id,
      name: view.name,
      query: view.query,
      mayChange: mayChange(who, view),
    }));
  },
  async create(who, view) {
    const now = clock(strapi).now().getTime();
    const id = await insertView(database(strapi), { ...view, staffId: who.id }, now);
    return { ...view, id, mayChange: true };
  },
  async update(who, id, view) {
    const found = await changeable(database(strapi), who, id);
    if (!found.ok) return found;
    await updateView(database(strapi), { ...view, id });
    return success({ ...view, id, mayChange: true });
  },
  async delete(who, id) {
    const found = await changeable(database(strapi), who, id);
    if (!found.ok) return found;
    await deleteView(database(strapi), id);
    return success(undefined);
  },
});

/** One action on many people, in the background, and its undo. */
export interface BulkService {
  start(input: BulkInput, staffId: number | null): Promise<Result<BulkRun>>;
  find(id: number): Promise<Result<BulkRun>>;
  undo(id: number): Promise<Result<BulkRun>>;
}

export const bulkService = defineService<BulkService>('customer-bulk');

export const createBulkService = ({ strapi }: { strapi: Core.Strapi }): BulkService => ({
  start: (input, staffId) => startBulk(strapi, input, staffId),
  find: (id) => findBulk(strapi, id),
  undo: (id) => undoBulk(strapi, id),
});

/** Customers as a file. */
export interface ExportsService {
  fields(reader: Locale): { readonly key: string; readonly label: string }[];
  check(query: ExportQuery, reader: Locale): Promise<ExportCheck>;
  file(
    query: ExportQuery,
    who: { readonly reader: Locale; readonly staffId: number | null },
  ): AsyncIterable<Buffer>;
}

export const exportsService = defineService<ExportsService>('customer-exports');

export const createExportsService = ({ strapi }: { strapi: Core.Strapi }): ExportsService => ({
  fields: (reader) => exportChoices(strapi, reader),
  check: (query, reader) => checkExport(strapi, query, reader),
  file: (query, who) => exportFile(strapi, query, who),
});
