import { defineFeature } from '../kernel';
import { contentService } from './index';
import { contentMessages } from './messages';
import { createContentService } from './service';

export default defineFeature({
  name: 'content',
  services: [contentService.provide(createContentService)],
  messages: contentMessages,
  // Created at once, so that no write before the first page goes unheard.
  register: ({ strapi }) => {
    contentService(strapi);
  },
});
