/** Services behind the list: its views, actions on many, and exports. */
import type { Core } from '@strapi/strapi';

import type {
  BulkInput,
  BulkRun,
  CustomerView,
  ExportCheck,
  ExportQuery,
} from '../../shared/customer-work';
import { clock, database, defineService, type Locale, type Result } from '../kernel';
import { findBulk, startBulk, undoBulk } from './bulk/service';
import { exportChoices } from './export/fields';
import { checkExport, exportFile } from './export/service';
import { deleteView, insertView, listViews, updateView } from './store/views';

/** Views of the list that staff have kept; everybody sees all of them. */
export interface CustomerViewsService {
  list(): Promise<CustomerView[]>;
  create(view: Omit<CustomerView, 'id'>): Promise<CustomerView>;
  /** False for an unknown view. */
  update(view: CustomerView): Promise<boolean>;
  delete(id: number): Promise<boolean>;
}

export const customerViewsService = defineService<CustomerViewsService>('customer-views');

export const createViewsService = ({ strapi }: { strapi: Core.Strapi }): CustomerViewsService => ({
  list: () => listViews(database(strapi)),
  create: (view) => insertView(database(strapi), view, clock(strapi).now().getTime()),
  update: (view) => updateView(database(strapi), view),
  delete: (id) => deleteView(database(strapi), id),
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
