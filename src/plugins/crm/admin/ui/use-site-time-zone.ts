import { useEffect, useSyncExternalStore } from 'react';

import { siteSchema } from '../../shared/settings';
import { useCrmClient } from './api/use-client';

/** Until the site has told its own. */
let timeZone = 'Asia/Tokyo';
let asked = false;
const readers = new Set<() => void>();

const subscribe = (reader: () => void) => {
  readers.add(reader);
  return () => readers.delete(reader);
};

/** Dates mean the site's time zone, wherever the editor sits. Asked for once, by whoever is first. */
export function useSiteTimeZone(): string {
  const client = useCrmClient();
  useEffect(() => {
    if (asked) return;
    asked = true;
    client
      .send({ method: 'GET', path: '/crm/settings/site' })
      .then((answer) => {
        timeZone = siteSchema.parse(answer).data.timeZone;
        for (const reader of readers) reader();
      })
      // Whoever shows a date next asks again.
      .catch(() => {
        asked = false;
      });
  }, [client]);
  return useSyncExternalStore(subscribe, () => timeZone);
}
