import type { Answer } from '../http/answer';
import type { RouteContext } from '../http/route';
import type { LineUser } from '../state/model';
import { dialogPage, escapeHtml, pageLanguage, type PageLanguage } from './page';
import type { AuthorizationRequest } from './state';

const TEXTS = {
  ja: {
    title: 'ログインの確認',
    asks: 'が次の情報の利用を求めています。',
    openid: 'ユーザー識別子（内部でのみ使われます）',
    profile: 'プロフィール情報（表示名、画像、ひとこと）',
    email: 'メールアドレス',
    as: 'ログインする人',
    nobody: 'まだ誰もいません。先にスマートフォンの画面で人を作ってください。',
    openPhone: 'スマートフォンを開く',
    friend: '公式アカウントを友だち追加する',
    allow: '許可する',
    deny: 'キャンセル',
    refused: 'ログインできません',
    refusedText: 'リクエストの次の項目が正しくありません：',
  },
  en: {
    title: 'Confirm log-in',
    asks: 'asks to use the following.',
    openid: 'User identifier (used internally)',
    profile: 'Profile (name, picture, status message)',
    email: 'E-mail address',
    as: 'Log in as',
    nobody: 'There is nobody yet. Create a person on the phone page first.',
    openPhone: 'Open the phone',
    friend: 'Add the official account as a friend',
    allow: 'Allow',
    deny: 'Cancel',
    refused: 'Log-in is not possible',
    refusedText: 'This part of the request is not right: ',
  },
} satisfies Record<PageLanguage, Record<string, string>>;

/** More people than this in a list help nobody; the phone page finds the others. */
const CHOICES = 50;

function chooser(context: RouteContext, texts: (typeof TEXTS)['ja'], chosen?: LineUser): string {
  const users = [...context.platform.state.users.values()].filter((user) => !user.deleted);
  if (users.length === 0) {
    return `<p class="dialog__note">${texts.nobody} <a href="/">${texts.openPhone}</a></p>`;
  }
  const newest = users.slice(-CHOICES).reverse();
  if (chosen && !newest.includes(chosen)) newest.unshift(chosen);
  const options = newest
    .map(
      (user) =>
        `<option value="${user.id}"${user === chosen ? ' selected' : ''}>${escapeHtml(user.displayName)}</option>`,
    )
    .join('');
  return `<label class="dialog__field">${texts.as}<select name="user">${options}</select></label>`;
}

/** The page on which a person allows a site to know who they are. */
export function consentPage(
  context: RouteContext,
  requestId: string,
  request: AuthorizationRequest,
  user: LineUser | undefined,
): Answer {
  const language = pageLanguage(context.query, context.headers);
  const texts = TEXTS[language];
  const wanted = (['openid', 'profile', 'email'] as const)
    .filter((scope) => request.scopes.includes(scope))
    .map((scope) => `<li>${texts[scope]}</li>`)
    .join('');
  const site = escapeHtml(new URL(request.redirectUri).host);
  const checked = request.botPrompt ? ' checked' : '';
  const friend = request.botPrompt
    ? `<label class="dialog__check"><input type="checkbox" name="friend"${checked}> ${texts.friend}</label>`
    : '';
  const nobody = context.platform.state.users.size === 0 ? ' disabled' : '';
  const html = dialogPage(
    language,
    texts.title,
    `<h1>${texts.title}</h1>
<p><strong>${site}</strong> ${texts.asks}</p>
<ul class="dialog__list">${wanted}</ul>
<form method="post" action="/oauth2/v2.1/authorize/consent">
<input type="hidden" name="request" value="${requestId}">
${chooser(context, texts, user)}
${friend}
<button class="dialog__primary" name="decision" value="allow"${nobody}>${texts.allow}</button>
<button class="dialog__secondary" name="decision" value="deny">${texts.deny}</button>
</form>`,
  );
  return { status: 200, html };
}

/** What is shown instead when the request itself is wrong. */
export function refusalPage(context: RouteContext, wrong: string): Answer {
  const language = pageLanguage(context.query, context.headers);
  const texts = TEXTS[language];
  const html = dialogPage(
    language,
    texts.refused,
    `<h1>${texts.refused}</h1><p>${texts.refusedText}<code>${escapeHtml(wrong)}</code></p>
<p class="dialog__note">400 Bad Request</p>`,
  );
  return { status: 400, html };
}
