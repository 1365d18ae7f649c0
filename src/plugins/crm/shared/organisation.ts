/** Who sends, as a reader of one language is shown it. */
export interface Organisation {
  readonly name: string;
  readonly postalAddress: string;
  readonly contact: string;
}

/** As the operator configured it: Japanese, and what of it reads otherwise in English. */
export interface ConfiguredOrganisation extends Organisation {
  readonly english?: { readonly name?: string; readonly postalAddress?: string };
}

/**
 * The organisation in the reader's language. What is not written in English is shown as it stands:
 * 特定電子メール法 wants the sender named, in whichever script.
 */
export function organisationFor(
  { english, ...japanese }: ConfiguredOrganisation,
  locale: 'ja' | 'en',
): Organisation {
  if (locale === 'ja') return japanese;
  return {
    ...japanese,
    name: english?.name ?? japanese.name,
    postalAddress: english?.postalAddress ?? japanese.postalAddress,
  };
}
