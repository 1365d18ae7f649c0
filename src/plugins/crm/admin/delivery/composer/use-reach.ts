import { useEffect, useState } from 'react';

import { z } from 'zod';

import { audienceReachSchema, type AudienceReach } from '../../../shared/delivery';
import { useCrmClient, type CrmError } from '../../ui';

import type { Draft } from './draft';

const answerSchema = z.object({ data: audienceReachSchema });
const PAUSE_MS = 300;

interface Reach {
  readonly reach: AudienceReach | undefined;
  readonly error: CrmError | undefined;
  readonly isLoading: boolean;
}

/** Who would be reached by the draft as it stands; asked again a moment after each change. */
export function useReach(draft: Draft): Reach {
  const client = useCrmClient();
  const [answer, setAnswer] = useState<{ key: string; reach?: AudienceReach; error?: CrmError }>();
  const { segment, channels, channelRule, senders, source, resendOf, holdoutPercent, topic } =
    draft;
  const whom = { segment, channels, channelRule, senders, resendOf, holdoutPercent, topic };
  const asks = { ...whom, source };
  const key = segment || resendOf ? JSON.stringify(asks) : '';

  useEffect(() => {
    if (!key) return;
    const controller = new AbortController();
    const asked: object = JSON.parse(key);
    const timer = setTimeout(() => {
      const body = { campaign: { name: '-', ...asked } };
      client
        .send({ method: 'POST', path: '/crm/campaigns/audience', body }, controller.signal)
        .then((data) => setAnswer({ key, reach: answerSchema.parse(data).data }))
        .catch((thrown: unknown) => {
          const error = client.errorOf(thrown);
          if (error) setAnswer({ key, error });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key]);

  const current = key !== '' && answer?.key === key;
  return {
    reach: key === '' ? undefined : answer?.reach,
    error: current ? answer.error : undefined,
    isLoading: key !== '' && !current,
  };
}
