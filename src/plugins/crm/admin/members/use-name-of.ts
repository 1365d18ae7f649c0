import { useIntl } from 'react-intl';

interface Named {
  readonly name: string;
  readonly nameEn: string | null;
}

/** A tier or plan in the reader's language; whoever gave it no English name has the one. */
export function useNameOf(): (named: Named) => string {
  const { locale } = useIntl();
  return ({ name, nameEn }) => (locale.startsWith('en') && nameEn ? nameEn : name);
}
