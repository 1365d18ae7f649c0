import type { SeedArticle } from '../types';
import { memberArticles } from './members';
import { openArticles } from './open';

export const seedArticles: readonly SeedArticle[] = [...openArticles, ...memberArticles];
