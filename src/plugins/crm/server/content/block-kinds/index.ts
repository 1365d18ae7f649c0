/**
 * Blocks that come with the plugin, by component uid: an application puts them into its dynamic
 * zones. `parts` are the components that they are made of.
 */
import type { Core } from '@strapi/strapi';

import type { ComponentSchema } from '../../kernel';
import { coupon, COUPON_FIELD } from './coupon';
import { imagemap, tapArea } from './imagemap';
import type { BlockKind } from './kind';
import { quickReplies, quickReply } from './quick-replies';
import { video } from './video';

const kinds: Readonly<Record<string, BlockKind>> = {
  video,
  imagemap,
  'quick-replies': quickReplies,
  'line-coupon': coupon,
};
const parts = { 'quick-reply': quickReply, 'tap-area': tapArea };

export const blockKinds: readonly (readonly [uid: string, kind: BlockKind])[] = Object.entries(
  kinds,
).map(([name, kind]) => [`crm.${name}`, kind]);

export const blockComponents: Readonly<Record<string, ComponentSchema>> = {
  ...Object.fromEntries(Object.entries(kinds).map(([name, { schema }]) => [name, schema])),
  ...parts,
};

/** The custom fields that the blocks have of their own. */
export function registerBlockFields(strapi: Core.Strapi): void {
  const inputSize = { default: 12, isResizable: false } as const;
  strapi.customFields.register({ name: COUPON_FIELD, plugin: 'crm', type: 'string', inputSize });
}
