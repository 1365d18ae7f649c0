/** What an editor has chosen in the preview, and the request that follows from it. Pure. */
import type { PreviewContext, PreviewPerson, PreviewRequest } from '../../shared/preview';

export const WHO = ['visitor', 'person', 'profile'] as const;
export type Who = (typeof WHO)[number];

export interface PreviewChoice {
  readonly who: Who;
  readonly customerId?: number;
  readonly profile: Omit<Extract<PreviewPerson, { kind: 'profile' }>, 'kind'>;
  readonly version: 'draft' | 'published';
  readonly context: PreviewContext;
  readonly asOf?: Date;
}

export const firstChoice = (version: PreviewChoice['version']): PreviewChoice => ({
  who: 'visitor',
  profile: { plans: [], segments: [], memberDays: 0 },
  version,
  context: { device: 'desktop' },
});

export interface PreviewSubject {
  readonly uid: string;
  readonly documentId: string;
  readonly locale: 'ja' | 'en';
}

/** Null while nobody is chosen yet. */
export function requestOf(subject: PreviewSubject, choice: PreviewChoice): PreviewRequest | null {
  const person = personOf(choice);
  if (!person) return null;
  const { version, asOf } = choice;
  return {
    ...subject,
    version,
    person,
    context: trimmed(choice.context),
    ...(asOf ? { asOf: asOf.toISOString() } : {}),
  };
}

function personOf({ who, customerId, profile }: PreviewChoice): PreviewPerson | null {
  if (who === 'visitor') return { kind: 'visitor' };
  if (who === 'profile') return { kind: 'profile', ...profile };
  return customerId === undefined ? null : { kind: 'person', customerId };
}

/** What is half typed is not asked for yet. */
function trimmed({ country, referrer, utm, ...rest }: PreviewContext): PreviewContext {
  const campaign = Object.fromEntries(Object.entries(utm ?? {}).filter(([, word]) => word));
  return {
    ...rest,
    ...(country && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    ...(referrer && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(referrer) ? { referrer } : {}),
    ...(Object.keys(campaign).length > 0 ? { utm: campaign } : {}),
  };
}
