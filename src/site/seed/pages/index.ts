import type { SeedPage } from '../types';
import { aboutPage } from './about';
import { homePage } from './home';
import { platinumPage } from './platinum';

export const seedPages: readonly SeedPage[] = [homePage, aboutPage, platinumPage];
