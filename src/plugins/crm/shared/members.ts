/** Contracts of members: the forms of registration, log-in and my page, as HTML or JSON. */
import { z } from 'zod';

import { customValueSchema, type CustomValue } from './customers';

/** Form fields are text; a field left out is an empty one. */
const text = (max: number) => z.string().max(max).default('');
/** A check box sends `on` (or its value) when ticked; JSON sends a boolean. */
const ticked = z
  .union([z.boolean(), z.string().max(10)])
  .optional()
  .transform((value) => value === true || ['on', 'true', '1', 'yes'].includes(String(value)));

/** The channels a member switches on her page. */
export const memberChannels = ['email', 'line', 'postal'] as const;
export type MemberChannel = (typeof memberChannels)[number];

const channels = { consentEmail: ticked, consentLine: ticked, consentPostal: ticked };

export const consentFieldOf = {
  email: 'consentEmail',
  line: 'consentLine',
  postal: 'consentPostal',
} as const satisfies Record<MemberChannel, keyof typeof channels>;

const profile = {
  familyName: text(60),
  givenName: text(60),
  familyNameKana: text(60),
  givenNameKana: text(60),
  phone: text(40),
  postalCode: text(20),
  prefecture: text(60),
  city: text(100),
  street: text(200),
  building: text(200),
  birthday: text(20),
};

/** What every member is asked about herself. */
export type ProfileForm = z.infer<z.ZodObject<typeof profile>>;

/** Fields that an operator added, by name; taken are those that the operator's setting names. */
export type EnteredOwnFields = Readonly<Record<string, CustomValue>>;

/** HTML sends them as `custom.size=M`. */
const custom = z.record(z.string(), customValueSchema).default({});

/** Unknown keys are dropped: a form can set nothing but what stands here. */
export const profileFormSchema = z.object({ ...profile, custom });

export const registrationFormSchema = z.object({
  ...profile,
  custom,
  ...channels,
  email: text(254),
  password: text(400),
  next: text(500),
});
export type RegistrationForm = z.infer<typeof registrationFormSchema>;

export const channelsFormSchema = z.object(channels);
export type ChannelsForm = z.infer<typeof channelsFormSchema>;

export const loginFormSchema = z.object({ email: text(254), password: text(400), next: text(500) });
export const emailFormSchema = z.object({ email: text(254), next: text(500) });
export const tokenFormSchema = z.object({ token: text(200) });
export const passwordFormSchema = z.object({ currentPassword: text(400), password: text(400) });
export const leaveFormSchema = z.object({ confirm: ticked, currentPassword: text(400) });
export type LeaveForm = z.infer<typeof leaveFormSchema>;
export const emailChangeFormSchema = z.object({ email: text(254), currentPassword: text(400) });
export type EmailChangeForm = z.infer<typeof emailChangeFormSchema>;
export const codeFormSchema = z.object({ code: text(20) });
export const newPasswordFormSchema = z.object({ token: text(200), password: text(400) });

/** What staff sees of a customer's login. */
export const customerAccountSchema = z.object({
  /** Null: no member yet. */
  account: z
    .object({ email: z.string().nullable(), hasPassword: z.boolean(), blocked: z.boolean() })
    .nullable(),
  /** A mail can reach her. */
  mayInvite: z.boolean(),
  /** The welcome goes out once. */
  welcomed: z.boolean(),
  sessions: z.array(
    z.object({
      id: z.number().int(),
      device: z.string().nullable(),
      createdAt: z.number(),
      lastSeenAt: z.number(),
    }),
  ),
  /** What staff types before forgetting her, so that it is nobody else; null: already forgotten. */
  forgetWord: z.string().nullable(),
});
export type CustomerAccount = z.infer<typeof customerAccountSchema>;
export const customerAccountAnswerSchema = z.object({ data: customerAccountSchema });
export const forgetSchema = z.object({ word: z.string().trim().min(1).max(400) });
export const forgottenSchema = z.object({ data: z.object({ forgotten: z.literal(true) }) });
export const inviteSchema = z.object({ welcome: z.boolean() });
export const invitedSchema = z.object({
  data: z.object({ created: z.boolean(), welcomed: z.boolean() }),
});
/** Null: everywhere. */
export const logOutSchema = z.object({ session: z.number().int().positive().nullable() });
export const loggedOutSchema = z.object({ data: z.object({ ended: z.number() }) });
export const blockSchema = z.object({ blocked: z.boolean() });
export const blockedSchema = z.object({ data: blockSchema });
export const revokeFormSchema = z.object({ session: text(20) });
