/** What is said of a wrong field beside it. What stands in no row is told in zod's own words. */
import { z } from 'zod';

import type { Locale } from './locale';

type Issue = z.core.$ZodRawIssue;

interface Words {
  readonly missing: string;
  readonly email: string;
  readonly url: string;
  readonly shortest: (count: string) => string;
  readonly longest: (count: string) => string;
  readonly least: (count: string) => string;
  readonly most: (count: string) => string;
}

const words: Readonly<Record<Locale, Words>> = {
  ja: {
    missing: '入力してください。',
    email: 'メールアドレスの形式で入力してください。',
    url: 'URLの形式で入力してください。',
    shortest: (count) => `${count}文字以上で入力してください。`,
    longest: (count) => `${count}文字以内で入力してください。`,
    least: (count) => `${count}以上の数値を入力してください。`,
    most: (count) => `${count}以下の数値を入力してください。`,
  },
  en: {
    missing: 'Please fill this in.',
    email: 'Please enter an e-mail address.',
    url: 'Please enter a web address.',
    shortest: (count) => `Please enter at least ${count} characters.`,
    longest: (count) => `Please enter ${count} characters or fewer.`,
    least: (count) => `Please enter ${count} or more.`,
    most: (count) => `Please enter ${count} or less.`,
  },
};

const zodsOwn = { ja: z.locales.ja().localeError, en: z.locales.en().localeError } as const;

type Say = (issue: Issue, say: Words) => string | undefined;
type Of<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

function tooSmall(issue: Of<'too_small'>, say: Words): string | undefined {
  const least = String(issue.minimum);
  if (issue.origin === 'string') return least === '1' ? say.missing : say.shortest(least);
  return isRange(issue) ? say.least(least) : undefined;
}

function tooBig(issue: Of<'too_big'>, say: Words): string | undefined {
  const most = String(issue.maximum);
  if (issue.origin === 'string') return say.longest(most);
  return isRange(issue) ? say.most(most) : undefined;
}

function wrongForm(issue: Of<'invalid_format'>, say: Words): string | undefined {
  if (issue.input === '') return say.missing;
  if (issue.format === 'email') return say.email;
  return issue.format === 'url' ? say.url : undefined;
}

const plain: Say = (issue, say) => {
  if (issue.code === 'invalid_type')
    return (issue.input ?? null) === null ? say.missing : undefined;
  if (issue.code === 'too_small') return tooSmall(issue, say);
  if (issue.code === 'too_big') return tooBig(issue, say);
  return issue.code === 'invalid_format' ? wrongForm(issue, say) : undefined;
};

/** A number with its end, such as "1 or more". */
const isRange = ({ origin, inclusive }: Issue): boolean =>
  (origin === 'number' || origin === 'int') && inclusive !== false;

/** Zod's error map for readers of a language. */
export const issueMessages =
  (locale: Locale): z.core.$ZodErrorMap =>
  (issue) =>
    plain(issue, words[locale]) ?? zodsOwn[locale](issue);
