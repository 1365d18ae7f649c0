import type { Core } from '@strapi/strapi';

import { crmConfig, database, refuse, success, translate, type Locale } from '../../kernel';
import type { ImportsService } from '../index';
import { findRun, issuesOf, latestRuns, type StoredIssue } from '../store/imports';
import { commandImport, createDraft, readDraft, startImport } from './drafts';
import { errorFile } from './error-file';
import { detectDelimiter } from './header';
import { keepUpload } from './kept-files';
import { recipeOf } from './recipes';
import { resultOf, runImport, shownRun } from './run-import';
import { withUpload } from './upload';

const LATEST = 20;
const PAGE = 2000;

type ToldIssue = StoredIssue & { readonly message: string };

/** A page ends between lines: all reasons of a line stand together. */
async function* issuePages(
  strapi: Core.Strapi,
  id: number,
  reader: Locale,
): AsyncGenerator<ToldIssue[]> {
  for (let line = -1; ;) {
    const issues = await issuesOf(database(strapi), id, PAGE, { line });
    if (issues.length === 0) return;
    const last = issues.at(-1)?.line ?? 0;
    const isLast = issues.length < PAGE;
    const whole = isLast ? issues : issues.filter((issue) => issue.line < last);
    const taken = whole.length > 0 ? whole : issues;
    line = taken.at(-1)?.line ?? last;
    yield taken.map((issue) => ({
      ...issue,
      message: translate(strapi, reader, `customers.import.issue.${issue.code}`),
    }));
    if (isLast) return;
  }
}

export function createImportsService({ strapi }: { strapi: Core.Strapi }): ImportsService {
  return {
    run: (kind, ctx, options) =>
      withUpload(ctx, crmConfig(strapi).imports.largest, (source) =>
        runImport(strapi, recipeOf(strapi, kind), source, options),
      ),
    async upload(kind, ctx, { fileName, reader }) {
      const kept = await keepUpload(strapi, ctx);
      if (!kept.ok) return kept;
      const file = { path: kept.value, name: fileName };
      return createDraft(strapi, recipeOf(strapi, kind), file, reader);
    },
    draft: (id, reader) => readDraft(strapi, id, reader),
    start: (id, choice) => startImport(strapi, id, choice),
    command: (id, command) => commandImport(strapi, id, command),
    async find(id, reader) {
      const run = await findRun(database(strapi), id);
      if (!run) return refuse('customers.import.not-found', 404);
      return success(await resultOf(strapi, run, reader));
    },
    latest: async () => (await latestRuns(database(strapi), LATEST)).map(shownRun),
    async errorFile(id, reader) {
      const run = await findRun(database(strapi), id);
      if (!run) return null;
      const [first] = await issuesOf(database(strapi), id, 1);
      const delimiter = run.encoding === 'xlsx' ? ',' : detectDelimiter(first?.record ?? ',');
      return errorFile(run.headings, delimiter, issuePages(strapi, id, reader), {
        line: translate(strapi, reader, 'customers.import.heading.line'),
        reason: translate(strapi, reader, 'customers.import.heading.reason'),
      });
    },
  };
}
