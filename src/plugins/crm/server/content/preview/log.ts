/** Who of the staff looked at the site as which real person, and when: on that person's timeline. */
import type { Core } from '@strapi/strapi';

import type { PreviewRequest } from '../../../shared/preview';
import type { TimelineSource } from '../../customers';
import { clock, database, type PersonalData } from '../../kernel';
import { forgetLooks, insertLook, looksBefore, type LoggedLook } from './store';

const SAME_LOOK_MS = 10 * 60_000;

/** Before the preview is answered: what cannot be written down is not shown. */
export async function logLook(
  strapi: Core.Strapi,
  staffId: number,
  { person, uid, documentId, locale, version }: PreviewRequest,
  title: string,
): Promise<void> {
  if (person.kind !== 'person') return;
  // Now, also when the page is looked at as it will be next week.
  const at = clock(strapi).shared().getTime();
  const { customerId } = person;
  const look = { customerId, staffId, uid, documentId, locale, version, title, at };
  await insertLook(database(strapi), look, at - SAME_LOOK_MS);
}

const entryOf = ({ id, at, title, staff, version }: LoggedLook) => ({
  id: `preview:${id}`,
  kind: 'preview',
  type: 'looked',
  at,
  title: {
    key: staff === null ? 'timeline.preview.looked' : 'timeline.preview.looked-by',
    params: { title, staff: staff ?? '' },
  },
  detail: { version },
});

export const previewTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'preview',
  entries: async (query) => (await looksBefore(database(strapi), query)).map(entryOf),
});

export const previewData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'previews',
  async copy(customerId) {
    const all = { customerId, before: Number.MAX_SAFE_INTEGER, limit: 10_000 };
    const looks = await looksBefore(database(strapi), all);
    return looks.map(({ at, title }) => ({ at: new Date(at).toISOString(), title }));
  },
  erase: (unit, customerId) => forgetLooks(unit.trx, customerId),
});
