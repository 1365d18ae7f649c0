import { useMemo } from 'react';
import { useIntl } from 'react-intl';

interface Names {
  /** Of a content type or component: Strapi translates display names by the name itself. */
  type(displayName: string): string;
  /** ja → 日本語 · Japanese */
  language(code: string): string;
}

/** What the reader calls things that the server names in its own words. */
export function useNames(): Names {
  const { formatMessage, locale } = useIntl();
  return useMemo(() => {
    const languages = new Intl.DisplayNames([locale], { type: 'language' });
    return {
      type: (displayName) => formatMessage({ id: displayName, defaultMessage: displayName }),
      language: (code) => languages.of(code) ?? code,
    };
  }, [formatMessage, locale]);
}
