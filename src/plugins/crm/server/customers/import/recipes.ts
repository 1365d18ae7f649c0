import type { Core } from '@strapi/strapi';

import { importRecipes } from '../index';
import type { ImportRecipe } from './import-kind';
import { customerRecipe } from './write-customers';

/** The recipe of a kind of file: our own, or one that a later feature provides. */
export function recipeOf(strapi: Core.Strapi, kind: string): ImportRecipe {
  const recipes = [customerRecipe(strapi), ...importRecipes.members(strapi)];
  const recipe = recipes.find((candidate) => candidate.kind === kind);
  if (!recipe) throw new Error(`No import recipe for "${kind}"`);
  return recipe;
}
