import { defineFeature } from '../kernel';
import { segmentSchema } from './content-type';
import { segmentMigrations } from './tables';

export default defineFeature({
  name: 'segments',
  contentTypes: { segment: { schema: segmentSchema } },
  migrations: segmentMigrations,
});
