import { useMemo } from 'react';

import type { SentenceTexts } from '../../shared/segments-sentence';
import { useFormat } from '../ui';
import { useText } from './text';

/** Texts and formats for rules in words, in the reader's language. */
export function useSentenceTexts(): SentenceTexts {
  const text = useText();
  const format = useFormat();
  return useMemo(
    () => ({
      text,
      number: format.number,
      yen: format.yen,
      // Noon in UTC is the same day almost everywhere.
      day: (iso) => format.date(`${iso}T12:00:00Z`),
    }),
    [text, format],
  );
}
