import { adminRoute, pageRoute, tokenRoute } from '../kernel';

/** The shapes of both routes of one form: the page and its POST. */
const form = (path: string, name: string) => [
  pageRoute('GET', path, `member-pages.${name}`),
  pageRoute('POST', path, `member-forms.${name}`),
];

export const membersRoutes = [
  ...form('/m/register', 'register'),
  pageRoute('GET', '/m/check-mail', 'member-pages.checkMail'),
  ...form('/m/confirm', 'confirm'),
  pageRoute('POST', '/m/confirm/resend', 'member-forms.resend'),
  ...form('/m/login', 'login'),
  ...form('/m/login/link', 'loginLink'),
  ...form('/m/login/code', 'loginCode'),
  ...form('/m/password', 'newPassword'),
  pageRoute('POST', '/m/password/send', 'member-forms.sendPasswordLink'),
  pageRoute('POST', '/m/login/link/send', 'member-forms.sendLoginLink'),
  pageRoute('POST', '/m/logout', 'member-forms.logout'),
  pageRoute('GET', '/m/me', 'member-pages.me'),
  pageRoute('POST', '/m/me/email', 'member-forms.askForEmail'),
  ...form('/m/email', 'email'),
  pageRoute('POST', '/m/me/profile', 'member-forms.profile'),
  pageRoute('POST', '/m/me/channels', 'member-forms.channels'),
  pageRoute('POST', '/m/me/password', 'member-forms.password'),
  pageRoute('POST', '/m/me/sessions/revoke', 'member-forms.revokeSessions'),
  pageRoute('GET', '/m/me/copy', 'member-pages.copy'),
  ...form('/m/me/leave', 'leave'),
  pageRoute('GET', '/m/left', 'member-pages.left'),
  pageRoute('GET', '/m/assets/:file', 'member-pages.asset'),

  adminRoute('GET', '/plans', 'member-plans.list', 'members.rules'),
  adminRoute('POST', '/plans', 'member-plans.create', 'members.rules'),
  adminRoute('PUT', '/plans/:key', 'member-plans.update', 'members.rules'),
  adminRoute('DELETE', '/plans/:key', 'member-plans.remove', 'members.rules'),
  adminRoute('GET', '/members/:id/plans', 'member-plans.ofCustomer', 'customers.read'),
  adminRoute('POST', '/members/:id/plans', 'member-plans.grant', 'members.manage'),
  ...['pause', 'resume', 'end', 'reopen'].map((change) =>
    adminRoute(
      'POST',
      `/members/:id/plans/:membership/${change}`,
      `member-plans.${change}`,
      'members.manage',
    ),
  ),
  adminRoute('GET', '/members/:id/account', 'member-staff.show', 'customers.read'),
  adminRoute('POST', '/members/:id/invite', 'member-staff.invite', 'members.manage'),
  adminRoute('POST', '/members/:id/log-out', 'member-staff.logOut', 'members.manage'),
  adminRoute('POST', '/members/:id/block', 'member-staff.block', 'members.manage'),
  adminRoute('GET', '/tiers', 'member-tiers.show', 'members.rules'),
  adminRoute('POST', '/tiers/preview', 'member-tiers.preview', 'members.rules'),
  adminRoute('PUT', '/tiers', 'member-tiers.save', 'members.rules'),
  adminRoute('GET', '/members/:id/tier', 'member-tiers.ofCustomer', 'customers.read'),
  adminRoute('PUT', '/members/:id/tier', 'member-tiers.set', 'members.manage'),
  tokenRoute('POST', '/points', 'member-points.add'),
  tokenRoute('PUT', '/plan-memberships', 'member-plans.put'),
  tokenRoute('POST', '/plan-memberships/change', 'member-plans.changeByReference'),
];
