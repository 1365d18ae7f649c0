import { createContext, useContext, useMemo } from 'react';

import { createFormat, type Format } from './format';
import { useAdminLocale } from './text';

/** Dates mean the site's time zone, wherever the editor sits. The shell provides it. */
export const SiteTimeZone = createContext('Asia/Tokyo');

/** Formatters in the reader's language and the site's time zone. */
export function useFormat(): Format {
  const locale = useAdminLocale();
  const timeZone = useContext(SiteTimeZone);
  return useMemo(() => createFormat(locale, timeZone), [locale, timeZone]);
}
