import { useMemo } from 'react';

import { createFormat, type Format } from './format';
import { useAdminLocale } from './text';
import { useSiteTimeZone } from './use-site-time-zone';

/** Formatters in the reader's language and the site's time zone. */
export function useFormat(): Format {
  const locale = useAdminLocale();
  const timeZone = useSiteTimeZone();
  return useMemo(() => createFormat(locale, timeZone), [locale, timeZone]);
}
