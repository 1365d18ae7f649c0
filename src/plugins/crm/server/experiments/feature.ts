import { experimentAssigner } from '../access';
import { customerLinks } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { assignPeople } from './assignment';
import { experimentSchema } from './content-type';
import { experimentsController } from './controller';
import { everyExperiment } from './editing';
import { experimentsService } from './index';
import { experimentLinks } from './links';
import { messages } from './messages';
import { experimentData } from './personal-data';
import { settleExperiments } from './results';
import { experimentRoutes } from './routes';
import { createExperimentsService } from './service';
import { experimentMigrations } from './tables';

export default defineFeature({
  name: 'experiments',
  contentTypes: { experiment: { schema: experimentSchema } },
  controllers: { experiments: experimentsController },
  services: [experimentsService.provide(createExperimentsService)],
  routes: experimentRoutes,
  migrations: experimentMigrations,
  permissions: [
    { uid: 'experiments.read', displayName: 'See A/B tests', subCategory: 'Experiments' },
    { uid: 'experiments.update', displayName: 'Run A/B tests', subCategory: 'Experiments' },
  ],
  extensions: [
    customerLinks.provide(experimentLinks),
    personalData.provide(experimentData),
    experimentAssigner.provide(({ strapi }) => ({
      assign: (people) => assignPeople(strapi, people),
      choices: async () =>
        (await everyExperiment(strapi))
          .filter(({ pageType }) => pageType === null)
          .map(({ documentId, name, variants }) => ({
            value: documentId,
            label: name,
            variants: variants.map(({ key, name: label }) => ({ value: key, label })),
          })),
    })),
  ],
  schedules: [
    {
      name: 'experiments.settle',
      cron: '*/10 * * * *',
      run: ({ strapi }, now) => settleExperiments(strapi, now),
    },
  ],
  messages,
});
