/** A person's whole name in the order of the reader's language: family name first in Japanese, last in English. */
export interface Named {
  readonly familyName?: string | null;
  readonly givenName?: string | null;
}

export function fullName({ familyName, givenName }: Named, locale: 'ja' | 'en'): string {
  const parts = locale === 'ja' ? [familyName, givenName] : [givenName, familyName];
  return parts.filter(Boolean).join(' ');
}
