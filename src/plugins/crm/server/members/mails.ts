/** The mails that members cause, rendered from templates and handed to whoever transports them. */
import type { Core } from '@strapi/strapi';

import { crmConfig, organisationIn, translate, type Locale, type UnitOfWork } from '../kernel';
import { transactionalMailer } from './index';
import { renderTemplate } from './view';

export type MemberMail =
  'confirm' | 'already-registered' | 'login' | 'welcome' | 'password' | 'email' | 'email-changed';

/** `data.url` is a path of this site; the mail shows it with the public origin. */
export async function sendMemberMail(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  mail: { kind: MemberMail; to: string; locale: Locale; path: string; code?: string },
): Promise<void> {
  const { publicUrl } = crmConfig(strapi);
  const organisation = organisationIn(strapi, mail.locale);
  const url = new URL(mail.path, publicUrl).toString();
  const data = { url, organisation, code: mail.code };
  const render = (format: string) =>
    renderTemplate(strapi, mail.locale, `members/mail-${mail.kind}-${format}`, data);
  const subject = translate(strapi, mail.locale, `members.mail.${mail.kind}.subject`, {
    organisation: organisation.name,
  });
  const [html, text] = [await render('html'), await render('text')];
  const template = `members.${mail.kind}`;
  const [mailer] = transactionalMailer.members(strapi);
  if (!mailer) throw new Error('No feature transports transactional mail');
  await mailer.send(unit, {
    to: mail.to,
    locale: mail.locale,
    template,
    subject,
    html,
    text,
  });
}
