/** PUBLIC by way of the feature's `index.ts`: the service of imports. */
import type { Context } from 'koa';

import type {
  ImportCommand,
  ImportDraft,
  ImportKind,
  ImportPolicy,
  ImportResult,
  ImportRun,
  ImportStart,
} from '../../../shared/imports';
import { defineService, type Locale, type Result } from '../../kernel';

/** Files brought in, and what became of them. Runs of jobs are told by their id. */
export interface ImportsService {
  /** Reads the file of a request while it waits; the run is kept, so that its errors can be fetched. */
  run(
    kind: ImportKind,
    ctx: Context,
    options: { dryRun: boolean; policy: ImportPolicy; reader: Locale },
  ): Promise<Result<ImportResult>>;
  /** Keeps the file of a request and says what its columns seem to be. */
  upload(
    kind: ImportKind,
    ctx: Context,
    options: { fileName: string; reader: Locale },
  ): Promise<Result<ImportDraft>>;
  /** A draft with its headings and rows, for going on with its set-up. */
  draft(id: number, reader: Locale): Promise<Result<ImportDraft>>;
  /** Queues a draft with what was chosen. */
  start(id: number, choice: ImportStart): Promise<Result<ImportRun>>;
  command(id: number, command: ImportCommand): Promise<Result<ImportRun>>;
  /** The run, its first reasons, and what its headings were taken for. */
  find(id: number, reader: Locale): Promise<Result<ImportResult>>;
  latest(): Promise<ImportRun[]>;
  /** The rows kept out, with their reasons, as CSV, piece by piece. Null for an unknown run. */
  errorFile(id: number, reader: Locale): Promise<AsyncIterable<string> | null>;
}

/** Typed getter of the imports service. */
export const importsService = defineService<ImportsService>('imports');
