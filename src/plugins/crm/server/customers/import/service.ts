import type { Core } from '@strapi/strapi';

import { database, translate } from '../../kernel';
import { importRecipes, type ImportsService } from '../index';
import { findRun, issuesOf, latestRuns } from '../store/imports';
import { errorFile } from './error-file';
import { runImport } from './run-import';
import { withUpload } from './upload';
import { customerRecipe } from './write-customers';

const LATEST = 20;
/** More broken rows than a person would mend by hand. */
const MOST_ERRORS = 100_000;

export function createImportsService({ strapi }: { strapi: Core.Strapi }): ImportsService {
  const recipeOf = (kind: string) => {
    const recipes = [customerRecipe(strapi), ...importRecipes.members(strapi)];
    const recipe = recipes.find((candidate) => candidate.kind === kind);
    if (!recipe) throw new Error(`No import recipe for "${kind}"`);
    return recipe;
  };
  return {
    run: (kind, ctx, options) =>
      withUpload(ctx, (source) => runImport(strapi, recipeOf(kind), source, options)),
    latest: () => latestRuns(database(strapi), LATEST),
    async errorFile(id, reader) {
      const found = await findRun(database(strapi), id);
      if (!found) return null;
      const issues = await issuesOf(database(strapi), id, MOST_ERRORS);
      const told = issues.map((issue) => ({
        ...issue,
        message: translate(strapi, reader, `customers.import.issue.${issue.code}`),
      }));
      return errorFile(found.header, told, {
        line: translate(strapi, reader, 'customers.import.heading.line'),
        reason: translate(strapi, reader, 'customers.import.heading.reason'),
      });
    },
  };
}
