import { useEffect, useState } from 'react';

import { previewAnswerSchema, type PreviewAnswer, type PreviewRequest } from '../../shared/preview';
import { useCrmClient, type CrmError } from '../ui';

/** While somebody types, the server is not asked for every letter. */
const SETTLE_MS = 350;

interface Settled {
  readonly key: string;
  readonly answer?: PreviewAnswer;
  readonly error?: CrmError;
}

/** The preview for a request; the one before stays until the next is there. */
export function usePreview(request: PreviewRequest | null) {
  const client = useCrmClient();
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled>();
  const body = request && JSON.stringify(request);
  const key = `${body}#${attempt}`;

  useEffect(() => {
    if (body === null) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client
        .send({ method: 'POST', path: '/crm/previews', body: JSON.parse(body) }, controller.signal)
        .then((answer) => setSettled({ key, answer: previewAnswerSchema.parse(answer).data }))
        .catch((thrown: unknown) => {
          const error = client.errorOf(thrown);
          if (error) setSettled({ key, error });
        });
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, body, key]);

  return {
    answer: body === null ? undefined : settled?.answer,
    error: settled?.key === key ? settled.error : undefined,
    isFetching: body !== null && settled?.key !== key,
    reload: () => setAttempt((count) => count + 1),
  };
}
