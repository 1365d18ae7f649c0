import { useEffect, useState } from 'react';

import { getFetchClient } from '@strapi/strapi/admin';

import { accessChoicesSchema, type AccessChoices } from '../../shared/access';
import { useAdminLocale } from '../ui';
import type { Speaker } from './sentence';
import { useText } from './text';

const NONE: AccessChoices = { tiers: [], plans: [], segments: [], rules: [], experiments: [] };
const FRESH_MS = 30_000;

/** A page has many blocks, each with this input: they share one answer. */
let shared: Shared | undefined;

interface Shared {
  readonly at: number;
  readonly locale: string;
  readonly answer: Promise<AccessChoices>;
}

/** Outside of any hook: a hook's request dies with the component that happened to ask first. */
async function ask(locale: string): Promise<AccessChoices> {
  const { data } = await getFetchClient().get(`/crm/access/choices?lang=${locale}`);
  return accessChoicesSchema.parse(data).data;
}

function choicesIn(locale: string): Promise<AccessChoices> {
  const fresh = shared?.locale === locale && Date.now() - shared.at < FRESH_MS;
  if (shared && fresh) return shared.answer;
  const mine: Shared = { at: Date.now(), locale, answer: ask(locale) };
  shared = mine;
  mine.answer.catch(() => {
    if (shared === mine) shared = undefined;
  });
  return mine.answer;
}

/** Tiers and segments by name; without the permission their keys are shown. */
export function useSpeaker(): Speaker & { readonly failed: boolean; readonly loaded: boolean } {
  const text = useText();
  const locale = useAdminLocale();
  const [choices, setChoices] = useState<AccessChoices | 'failed'>(NONE);

  useEffect(() => {
    let left = false;
    choicesIn(locale)
      .then((answer) => !left && setChoices(answer))
      .catch(() => !left && setChoices('failed'));
    return () => {
      left = true;
    };
  }, [locale]);

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
