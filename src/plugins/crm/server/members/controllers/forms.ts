import {
  channelsFormSchema,
  codeFormSchema,
  emailChangeFormSchema,
  emailFormSchema,
  leaveFormSchema,
  loginFormSchema,
  newPasswordFormSchema,
  passwordFormSchema,
  profileFormSchema,
  registrationFormSchema,
  revokeFormSchema,
  tokenFormSchema,
} from '../../../shared/members';
import { z } from 'zod';

import { controller, success, type Result } from '../../kernel';
import { changeChannels, changePassword, changeProfile } from '../account';
import { confirm } from '../confirmation';
import { challengeOf, startChallenge } from '../challenge';
import { askForEmail, confirmEmail } from '../email-change';
import { safeNext } from '../domain/next-path';
import { formAction, type FormRequest } from '../forms';
import { leave } from '../leaving';
import { logInByCode } from '../login-code';
import { logInByLink, logInByPassword, sendLoginLink, type LoggedIn } from '../login';
import { resetPassword, sendPasswordLink } from '../password-reset';
import { loginPage, mePage, ownAccount, registerPage } from '../pages';
import { register, resendConfirmation } from '../registration';
import { endOtherSessions, endSession, memberOf, requireMember, startSession } from '../sessions';

const HOME = '/m/me';

async function enter(request: FormRequest<unknown>, { member, next }: LoggedIn) {
  await startSession(request.strapi, request.ctx, member);
  return success({ to: safeNext(next, HOME), data: { status: 'logged-in' } });
}

const template = (name: string, data: object = {}) => ({ template: `members/${name}`, data });

const wishedNext = (input: unknown): string =>
  safeNext(z.object({ next: z.string() }).safeParse(input).data?.next, '');

const loginAgain = async ({ strapi, input, asker }: FormRequest<unknown>) =>
  template('login', await loginPage(strapi, asker, wishedNext(input)));
const tokenAgain = (name: string) => async () => template(name, { state: 'refused' });

const tokenOf = (input: unknown) => tokenFormSchema.safeParse(input).data?.token ?? '';

export const memberForms = controller({
  register: formAction({
    schema: registrationFormSchema,
    again: async ({ strapi, input, asker }) =>
      template('register', await registerPage(strapi, asker, wishedNext(input))),
    run: async ({ strapi, input, asker }) => {
      const done = await register(strapi, input, asker);
      return done.ok ? success({ to: '/m/check-mail', data: done.value }) : done;
    },
  }),
  confirm: formAction({
    schema: tokenFormSchema,
    again: async ({ input }) => template('confirm', { state: 'refused', token: tokenOf(input) }),
    run: async (request) => {
      const done = await confirm(request.strapi, request.input.token, request.asker.ip);
      return done.ok ? enter(request, done.value) : done;
    },
  }),
  resend: formAction({
    schema: tokenFormSchema,
    again: tokenAgain('confirm'),
    run: async ({ strapi, input, asker }) => {
      const done = await resendConfirmation(strapi, input.token, asker);
      return done.ok ? success({ to: '/m/check-mail', data: done.value }) : done;
    },
  }),
  login: formAction({
    schema: loginFormSchema,
    again: loginAgain,
    run: async (request) => {
      const done = await logInByPassword(request.strapi, request.input, request.asker.ip);
      return done.ok ? enter(request, done.value) : done;
    },
  }),
  sendLoginLink: formAction({
    schema: emailFormSchema,
    again: loginAgain,
    run: async ({ strapi, ctx, input, asker }) => {
      // For whoever asks, so that the cookie does not tell whether an address is known.
      const challenge = startChallenge(strapi, ctx);
      const done = await sendLoginLink(strapi, input, asker, challenge);
      return done.ok ? success({ to: '/m/login/code', data: done.value }) : done;
    },
  }),
  loginCode: formAction({
    schema: codeFormSchema,
    again: async () => template('login-code'),
    run: async (request) => {
      const { strapi, ctx, input, asker } = request;
      const challenge = challengeOf(ctx);
      const done = await logInByCode(strapi, { challenge, code: input.code, ip: asker.ip });
      return done.ok ? enter(request, done.value) : done;
    },
  }),
  sendPasswordLink: formAction({
    schema: emailFormSchema,
    again: async () => template('new-password', { state: 'asking' }),
    run: async ({ strapi, input, asker }) => {
      const done = await sendPasswordLink(strapi, input, asker);
      return done.ok ? success({ to: '/m/check-mail', data: done.value }) : done;
    },
  }),
  newPassword: formAction({
    schema: newPasswordFormSchema,
    again: async ({ input }) =>
      template('new-password', { state: 'refused', token: tokenOf(input) }),
    run: async (request) => {
      const done = await resetPassword(request.strapi, request.input, request.asker);
      return done.ok ? enter(request, done.value) : done;
    },
  }),
  loginLink: formAction({
    schema: tokenFormSchema,
    again: tokenAgain('login-link'),
    run: async (request) => {
      const done = await logInByLink(request.strapi, request.input.token, request.asker.ip);
      return done.ok ? enter(request, done.value) : done;
    },
  }),
  logout: formAction({
    schema: z.unknown(),
    again: loginAgain,
    run: async ({ strapi, ctx, input }) => {
      await endSession(strapi, ctx);
      return success({ to: wishedNext(input) || '/', data: { status: 'logged-out' } });
    },
  }),
  profile: meAction(profileFormSchema, 'profile', ({ strapi, input, asker }, member) =>
    changeProfile(strapi, member, input, asker.locale),
  ),
  channels: meAction(channelsFormSchema, 'channels', ({ strapi, input, asker }, member) =>
    changeChannels(strapi, member, input, asker),
  ),
  password: meAction(passwordFormSchema, 'password', async (request, member) => {
    const { strapi, ctx, input, asker } = request;
    const done = await changePassword(strapi, member, input, asker);
    // Every session ended with the old password; this browser has just shown that it is hers.
    if (done.ok) await startSession(strapi, ctx, member);
    return done;
  }),
  askForEmail: meAction(emailChangeFormSchema, 'email', ({ strapi, input, asker }, member) =>
    askForEmail(strapi, member, input, asker),
  ),
  email: formAction({
    schema: tokenFormSchema,
    again: tokenAgain('email'),
    run: async ({ strapi, ctx, input, asker }) => {
      const userId = (await memberOf(strapi, ctx))?.userId ?? null;
      const done = await confirmEmail(strapi, input.token, { ip: asker.ip, userId });
      return done.ok ? success({ to: HOME, data: done.value }) : done;
    },
  }),
  leave: formAction({
    schema: leaveFormSchema,
    again: async ({ strapi, ctx }) => template('leave', { account: await ownAccount(strapi, ctx) }),
    run: async ({ strapi, ctx, input, asker }) => {
      const member = await requireMember(strapi, ctx);
      if (!member.ok) return member;
      const done = await leave(strapi, member.value, input, asker);
      if (!done.ok) return done;
      await endSession(strapi, ctx);
      return success({ to: '/m/left', data: done.value });
    },
  }),
  revokeSessions: meAction(revokeFormSchema, 'sessions', async ({ strapi, input }, member) => {
    const only = /^\d{1,9}$/.test(input.session) ? Number(input.session) : undefined;
    const ended = await endOtherSessions(strapi, member, only);
    return success({ status: 'saved', ended });
  }),
});

type MemberRun<S extends z.ZodType> = (
  request: FormRequest<z.output<S>>,
  member: Parameters<typeof changeProfile>[1],
) => Promise<Result<object>>;

/** A form of my page: for the member of this session only, whoever's ids the body names. */
function meAction<S extends z.ZodType>(schema: S, section: string, run: MemberRun<S>) {
  return formAction({
    schema,
    again: async (request) => {
      const data = await mePage(request.strapi, request.ctx, request.asker.locale);
      if (data) return template('me', { ...data, section });
      return template('login', await loginPage(request.strapi, request.asker, HOME));
    },
    run: async (request) => {
      const member = await requireMember(request.strapi, request.ctx);
      if (!member.ok) return member;
      const done = await run(request, member.value);
      return done.ok
        ? success({ to: `${HOME}?saved=${section}#${section}`, data: done.value })
        : done;
    },
  });
}
