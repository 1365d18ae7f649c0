import { defineFeature } from '../kernel';

export default defineFeature({ name: 'access' });
