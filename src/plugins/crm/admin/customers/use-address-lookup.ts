import { useState } from 'react';

import { postalCodeAnswerSchema, type PostalCodeAnswer } from '../../shared/customers';
import { useCrmMutation } from '../ui';
import type { RecordForm } from './open-records';

type Candidate = PostalCodeAnswer['data']['candidates'][number];

/** Seven digits, with or without hyphen, in either width. */
export const isWholePostalCode = (code: string): boolean =>
  /^\d{7}$/.test(code.normalize('NFKC').replace(/\D/g, ''));

const fieldsOf = ({ prefecture, city, street }: Candidate) => ({
  prefecture,
  city,
  street: street ?? '',
});

/** Prefecture, city and town of a postal code; a few codes lie in two towns, which are offered. */
export function useAddressLookup(onChange: (change: RecordForm) => void) {
  const [candidates, setCandidates] = useState<readonly Candidate[]>([]);
  const look = useCrmMutation(postalCodeAnswerSchema, (code: string) => ({
    method: 'GET',
    path: `/api/crm/postal-codes/${encodeURIComponent(code)}`,
  }));
  const choose = (candidate: Candidate) => {
    setCandidates([]);
    onChange(fieldsOf(candidate));
  };
  return {
    isRunning: look.isRunning,
    candidates,
    choose,
    run: async (code: string) => {
      const answer = await look.run(code);
      const found = answer.ok ? answer.value.data.candidates : [];
      const [only] = found;
      if (only && found.length === 1) choose(only);
      else setCandidates(found);
    },
  };
}
