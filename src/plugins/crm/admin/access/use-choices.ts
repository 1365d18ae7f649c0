import { useEffect, useState } from 'react';

import { accessChoicesSchema, type AccessChoices } from '../../shared/access';
import { useAdminLocale, useCrmClient, type CrmRequest } from '../ui';
import type { Speaker } from './sentence';
import { useText } from './text';

const NONE: AccessChoices = { tiers: [], plans: [], segments: [], rules: [] };
const REQUEST: CrmRequest = { method: 'GET', path: '/crm/access/choices' };
const FRESH_MS = 30_000;

/** A page has many blocks, each with this input: they share one answer. */
let shared: { readonly at: number; readonly locale: string; readonly answer: Promise<unknown> };

/** Tiers and segments by name; without the permission their keys are shown. */
export function useSpeaker(): Speaker & { readonly failed: boolean; readonly loaded: boolean } {
  const text = useText();
  const locale = useAdminLocale();
  const client = useCrmClient();
  const [choices, setChoices] = useState<AccessChoices | 'failed'>(NONE);

  useEffect(() => {
    let left = false;
    const stale = !shared || shared.locale !== locale || Date.now() - shared.at > FRESH_MS;
    if (stale) shared = { at: Date.now(), locale, answer: client.send(REQUEST) };
    shared.answer
      .then((answer) => !left && setChoices(accessChoicesSchema.parse(answer).data))
      .catch(() => !left && setChoices('failed'));
    return () => {
      left = true;
    };
  }, [client, locale]);

  const format = new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const failed = choices === 'failed';
  return {
    text,
    choices: failed ? NONE : choices,
    failed,
    loaded: !failed && choices !== NONE,
    date: (instant) => format.format(new Date(instant)),
  };
}
