/** Members: the logins of customers on the site, their sessions, pages and tiers. */
import type { Context } from 'koa';

import type {
  ExternalChange,
  ExternalGrant,
  GrantInput,
  Membership,
  PlanChange,
} from '../../shared/plans';
import type { CustomerInput } from '../customers';
import {
  defineEvent,
  defineExtensionPoint,
  defineService,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../kernel';

/** A logged-in person. */
export interface Member {
  readonly customerId: number;
  /** `plugin::users-permissions.user` */
  readonly userId: number;
  /** The row in `crm_member_sessions`; undefined for a bearer token. */
  readonly sessionId?: number;
  /** Come along with a session, so that deciding needs no further query; at the request's time. */
  readonly facts?: MemberFacts & { readonly segments: readonly string[] };
}

/** The login of a customer. */
export interface LoginAccount {
  readonly userId: number;
  /** Null: no address is confirmed, so no mail can let her in. */
  readonly email: string | null;
  readonly hasPassword: boolean;
  readonly blocked: boolean;
}

/** A login that another service vouches for. */
export interface OpenAccount {
  /** Stands in users-permissions as the account's provider: `line`. */
  readonly provider: string;
  readonly fields: CustomerInput;
  /** A customer who is already known and has no login; a new one when left out. */
  readonly customerId?: number;
}

/** What a decision needs to know of a customer as a member. */
export interface MemberFacts {
  /** Undefined: the customer has no login. */
  readonly memberSince?: Date;
  readonly tier: string;
  /** Keys of the plans held at this moment. */
  readonly plans: readonly string[];
}

export interface MembersService {
  /** The member of this request, by session cookie or bearer token; one indexed query, then kept. */
  memberOf(ctx: Context): Promise<Member | null>;
  /** The same, or the refusal `members.login-required` (401). */
  requireMember(ctx: Context): Promise<Result<Member>>;
  /** Logs in: a new session row and cookie; a session that the browser brought along ends. */
  startSession(ctx: Context, member: Pick<Member, 'customerId' | 'userId'>): Promise<void>;
  /** Null: this customer has no login. */
  accountOf(customerId: number): Promise<LoginAccount | null>;
  /**
   * A login without address or password. Whoever vouches for her attaches the identity that it is
   * found by in the same `unit`. Refuses `members.has-account` (409) for a customer with a login.
   */
  openAccount(
    unit: UnitOfWork,
    opening: OpenAccount,
  ): Promise<Result<Pick<Member, 'customerId' | 'userId'>>>;
  /** A path of this site, or the fallback: where a page may lead that was named in a URL. */
  safeNext(wished: unknown, fallback: string): string;
  memberFacts(customerIds: readonly number[]): Promise<Map<number, MemberFacts>>;
  /** For every POST of a page: refuses what another site's page sent with our cookie. */
  requireSameOrigin(ctx: Context): Result<true>;
  /**
   * Writes an HTML page. `template` is `<feature>/<file>`: `<file>.liquid` is looked for in
   * `<override>/<feature>/`, then in the feature's own `templates/` folder. In it: `locale`,
   * `member`, `page.url`, `data`'s keys, and the filter `t` (`{{ 'members.login.title' | t }}`).
   */
  renderPage(ctx: Context, template: string, data?: object, status?: number): Promise<void>;
  /**
   * The application's own templates, asked before the plugin's, later calls first. With
   * `<directory>/members/layout.liquid` every page of the plugin appears in the site's look.
   */
  overrideTemplates(directory: string): void;
}

/** Provided in `feature.ts`. */
export const membersService = defineService<MembersService>('members');

export interface TiersService {
  /** By the rule that is in force; a locked tier stays. */
  recalculate(customerIds: readonly number[]): Promise<void>;
}

/** Provided in `feature.ts`. */
export const tiersService = defineService<TiersService>('tiers');

/** Who changes something, for the history. */
export interface Actor {
  /** `admin`, `api`, `my-page`. */
  readonly source: string;
  /** An administrator's name; null for a program or the member herself. */
  readonly name: string | null;
  readonly locale: Locale;
}

/** One holding; another customer's id finds nothing. */
export interface MembershipKey {
  readonly id: number;
  readonly customerId: number;
}

/** Plans that people hold. Whether one is held is decided from stored instants when it is asked. */
export interface PlansService {
  /** The newest first. */
  ofCustomer(customerId: number, locale: Locale): Promise<Membership[]>;
  history(customerId: number, locale: Locale): Promise<PlanChange[]>;
  /** Refuses `members.plan-held` (409) while she holds this plan or is going to. */
  grant(customerId: number, input: GrantInput, actor: Actor): Promise<Result<Membership>>;
  /** The end moves by the time of the pause. `resumesAt` null: until somebody resumes it. */
  pause(which: MembershipKey, resumesAt: string | null, actor: Actor): Promise<Result<Membership>>;
  resume(which: MembershipKey, actor: Actor): Promise<Result<Membership>>;
  /** `endsAt` null: at once. */
  end(which: MembershipKey, endsAt: string | null, actor: Actor): Promise<Result<Membership>>;
  /** Takes the end away. */
  reopen(which: MembershipKey, actor: Actor): Promise<Result<Membership>>;
  /** For programs: the same reference again changes that holding. */
  put(input: ExternalGrant, actor: Actor): Promise<Result<Membership>>;
  changeByReference(input: ExternalChange, actor: Actor): Promise<Result<Membership>>;
}

/** Provided in `feature.ts`. */
export const plansService = defineService<PlansService>('plans');

/** Somebody's plan was granted, paused, resumed or ended, or its stored instant has come. */
export const plansChanged = defineEvent<{ customerIds: number[] }>('members.plans-changed');

/** A mail that a person caused (confirm, log in): complete, only to be transported. */
export interface TransactionalMail {
  readonly to: string;
  /** Names the kind for reports: `members.confirm`. */
  readonly template: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly customerId?: number;
}

/**
 * Who transports transactional mails: `delivery` writes them to the outbox in `unit`, behind its
 * guard. There is no other way out.
 */
export const transactionalMailer = defineExtensionPoint<{
  send(unit: UnitOfWork, mail: TransactionalMail): Promise<void>;
}>('members.transactional-mailer');

/** A section on my page that a later feature contributes: LINE link state, points. */
export interface AccountPanel {
  readonly key: string;
  /** `template` as in `renderPage`; null shows nothing. */
  panel(member: Member, locale: Locale): Promise<{ template: string; data: object } | null>;
}

/** Sections of my page, in feature order. */
export const accountPanels = defineExtensionPoint<AccountPanel>('members.account-panels');

/** Another way to log in, shown on the log-in and registration pages. */
export interface LoginMethod {
  readonly key: string;
  /** `template` as in `renderPage`; `next` is a path of this site. Null: not configured. */
  button(next: string): { template: string; data: object } | null;
}

/** Ways to log in that later features bring: LINE. */
export const loginMethods = defineExtensionPoint<LoginMethod>('members.login-methods');

/** An account was made: at the confirmation, so that `memberConfirmed` follows, or by LINE. */
export const memberRegistered = defineEvent<{ customerId: number }>('member.registered');

/** Points were earned, spent or taken back. */
export const pointsChanged = defineEvent<{ customerIds: number[] }>('members.points-changed');

/** She left at her own wish, and nobody is behind the customer any more. */
export const memberLeft = defineEvent<{ customerId: number }>('member.left');

/** The address is proven to be hers. */
export const memberConfirmed = defineEvent<{ customerId: number }>('member.confirmed');
