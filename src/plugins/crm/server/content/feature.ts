import { customerLinks, linksOfTable, timelineSources } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { blockComponents, registerBlockFields } from './block-kinds';
import { contentService } from './index';
import { contentMessages } from './messages';
import { closeMjmlThread } from './mjml-thread';
import { mergeTag, tagWording } from './merge-tags/content-type';
import { picturesController } from './pictures/controller';
import { previewController } from './preview/controller';
import { previewData, previewTimeline } from './preview/log';
import { previewMigrations } from './preview/tables';
import { contentRoutes } from './routes';
import { createContentService } from './service';

export default defineFeature({
  name: 'content',
  services: [contentService.provide(createContentService)],
  controllers: { previews: previewController, pictures: picturesController },
  routes: contentRoutes,
  permissions: [
    { uid: 'content.preview', displayName: 'Preview content as a person', subCategory: 'Content' },
  ],
  contentTypes: { 'merge-tag': mergeTag },
  components: { 'tag-wording': tagWording, ...blockComponents },
  messages: contentMessages,
  migrations: previewMigrations,
  extensions: [
    timelineSources.provide(previewTimeline),
    personalData.provide(previewData),
    customerLinks.provide(() => linksOfTable({ table: 'crm_preview_log', holds: false })),
  ],
  register: ({ strapi }) => {
    registerBlockFields(strapi);
    // Created at once, so that no write before the first page goes unheard.
    contentService(strapi);
  },
  destroy: ({ strapi }) => closeMjmlThread(strapi),
});
