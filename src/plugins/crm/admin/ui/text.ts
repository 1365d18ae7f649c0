import { useCallback } from 'react';

import { useIntl } from 'react-intl';

import type ui from './translations/en.json';

type Values = Readonly<Record<string, string | number>>;

/** Turns a key (without the `crm.` prefix) into the reader's language; ICU plurals work. */
export type Text<Key extends string> = (key: Key | keyof typeof ui, values?: Values) => string;

/**
 * A typed `useText` for one feature. Beside the feature's pages:
 * `export const useText = featureText<keyof typeof import('./translations/en.json')>();`
 */
export const featureText = <Key extends string>() =>
  function useFeatureText(): Text<Key> {
    const { formatMessage } = useIntl();
    return useCallback(
      (key, values) => formatMessage({ id: `crm.${key}`, defaultMessage: String(key) }, values),
      [formatMessage],
    );
  };

/** Texts of `admin/ui` itself. */
export const useUiText = featureText<never>();

/** For keys that only the server knows (timeline titles, refusal codes): any string. */
export const useAnyText = featureText<string>();

/** The admin's language, as the CRM speaks it: Japanese, or English for everybody else. */
export function useAdminLocale(): 'ja' | 'en' {
  return useIntl().locale === 'ja' ? 'ja' : 'en';
}
