import { useEffect } from 'react';

import { useNavigate } from 'react-router-dom';

import { customerListSchema } from '../../shared/customers';
import { crmPath, useCrmQuery } from '../ui';

interface CallProps {
  /** The caller's number in any spelling, as the telephone system gives it. */
  readonly number: string;
}

/**
 * `customers?tel=09012345678`: opens who is calling. Of several with the number (a family), or of
 * nobody, the list shows what was found.
 */
export function CallRedirect({ number }: CallProps) {
  const navigate = useNavigate();
  const found = useCrmQuery(customerListSchema, '/crm/customers', { q: number, limit: 2 });
  const people = found.data?.data;
  useEffect(() => {
    if (!people) return;
    const [only, another] = people;
    const target =
      only && !another ? `customers/${only.id}` : `customers?q=${encodeURIComponent(number)}`;
    navigate(crmPath(target), { replace: true });
  }, [people, number, navigate]);
  return null;
}
