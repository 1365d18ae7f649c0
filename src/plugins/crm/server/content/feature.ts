import { defineFeature } from '../kernel';
import { contentService } from './index';
import { contentMessages } from './messages';
import { mergeTag, tagWording } from './merge-tags/content-type';
import { previewController } from './preview/controller';
import { contentRoutes } from './routes';
import { createContentService } from './service';

export default defineFeature({
  name: 'content',
  services: [contentService.provide(createContentService)],
  controllers: { previews: previewController },
  routes: contentRoutes,
  permissions: [
    { uid: 'content.preview', displayName: 'Preview content as a person', subCategory: 'Content' },
  ],
  contentTypes: { 'merge-tag': mergeTag },
  components: { 'tag-wording': tagWording },
  messages: contentMessages,
  // Created at once, so that no write before the first page goes unheard.
  register: ({ strapi }) => {
    contentService(strapi);
  },
});
