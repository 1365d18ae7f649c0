/** One of everything that can be withheld, each with a secret of its own. */

export const MEMBERS = { type: 'members' };
export const PLATINUM = { type: 'tiers', keys: ['platinum'] };

/** A valid rule to be saved; `broken` makes it one that no version of the plugin ever knew. */
const TO_BE_BROKEN = { type: 'tiers', keys: ['to-be-broken'] };

/** What another tool might have written into the database, past all checks; null: leave it. */
export function broken(stored: unknown): string | null {
  const value = (typeof stored === 'string' ? JSON.parse(stored) : stored) as { audience: unknown };
  const isMeant = JSON.stringify(value).includes('to-be-broken');
  return isMeant ? JSON.stringify({ ...value, audience: { type: 'martians' } }) : null;
}

/** Where rules are stored. */
export const RULE_COLUMNS = {
  gate_notes: 'access',
  components_gate_sections: 'audience',
} as const;

/** Who may see the text that begins so. */
export const SECRETS = {
  'SECRET-MEMBER': ['member', 'platinum'],
  'SECRET-PLATINUM': ['platinum'],
  'SECRET-NOBODY': [],
  'FOR-VISITORS': ['visitor'],
} as const satisfies Record<string, readonly Audience[]>;

export type Audience = 'visitor' | 'member' | 'platinum';

export const visibleTo = (audience: Audience): string[] =>
  Object.entries(SECRETS)
    .filter(([, allowed]) => (allowed as readonly Audience[]).includes(audience))
    .map(([secret]) => secret)
    .sort();

const block = (uid: string, body: string, audience: object | null = null, slot?: string) => ({
  ...(uid === 'gate.section' ? {} : { __component: uid }),
  body,
  audience: audience && { audience, ...(slot ? { slot } : {}) },
});

export const sections = (where: string) => [
  block('gate.section', `open ${where}`),
  block('gate.section', `SECRET-MEMBER ${where}`, MEMBERS),
  block('gate.section', `SECRET-PLATINUM ${where}`, PLATINUM),
  block('gate.section', `SECRET-NOBODY ${where}`, TO_BE_BROKEN),
  block('gate.section', `FOR-VISITORS ${where}`, { type: 'visitors' }),
];

const zoneOf = (secret: string, where: string, fileId: number) => [
  block('gate.block', `before the divider ${where}`),
  { __component: 'gate.divider', heading: 'members only from here' },
  { ...block('gate.block', `${secret} after the divider ${where}`), picture: fileId },
  { __component: 'gate.wrapper', caption: `${secret} caption`, sections: sections(where) },
];

const noteOf = (title: string, secret: string, access: object | null) => (fileId: number) => ({
  title,
  secret: `${secret} ${title}`,
  access,
  cover: fileId,
  zone: zoneOf(secret, title, fileId),
  sections: sections(title),
  only: block('gate.section', `SECRET-PLATINUM only ${title}`, PLATINUM),
  wrapped: { caption: 'wrapped', sections: sections(`wrapped ${title}`) },
});

const makeNotes = [
  noteOf('open', 'everybody', null),
  noteOf('teaser', 'SECRET-MEMBER', { audience: MEMBERS, otherwise: 'teaser' }),
  noteOf('platinum', 'SECRET-PLATINUM', { audience: PLATINUM, otherwise: 'teaser' }),
  noteOf('SECRET-PLATINUM denied', 'SECRET-PLATINUM', { audience: PLATINUM, otherwise: 'deny' }),
  noteOf('SECRET-MEMBER login', 'SECRET-MEMBER', { audience: MEMBERS, otherwise: 'login' }),
  noteOf('SECRET-NOBODY broken', 'SECRET-NOBODY', { audience: TO_BE_BROKEN, otherwise: 'teaser' }),
];

/** With one picture in all of them. */
export const notesWith = (fileId: number) => makeNotes.map((make) => make(fileId));

export const letter = {
  title: 'SECRET-PLATINUM letter',
  secret: 'SECRET-PLATINUM letter',
  access: { audience: PLATINUM, otherwise: 'deny' },
};
