/** How the edit view of an entry hands it to the composer: `campaigns/new?entry=<uid>~<id>~<locale>`. */
import { z } from 'zod';

import { sourceOptionSchema } from '../../shared/delivery';
import { crmPath } from '../ui';

export const sourcesSchema = z.object({ data: z.array(sourceOptionSchema) });

const entrySchema = sourceOptionSchema.pick({ uid: true, documentId: true, locale: true });
export type Entry = z.infer<typeof entrySchema>;

export const composerOf = ({ uid, documentId, locale }: Entry): string =>
  `${crmPath('campaigns/new')}?entry=${encodeURIComponent([uid, documentId, locale].join('~'))}`;

/** Null: the address names no entry. */
export function entryOf(address: string): Entry | null {
  const [uid, documentId, locale] = address.split('~');
  return entrySchema.safeParse({ uid, documentId, locale }).data ?? null;
}
