import type { Answer } from '../http/answer';
import type { RouteContext } from '../http/route';
import { accountLink } from '../webhooks/user-actions';
import { dialogPage, escapeHtml, pageLanguage, type PageLanguage } from './page';
import { browserUser } from './session';

const TEXTS = {
  ja: {
    done: '連携が完了しました',
    doneText: 'このサイトの会員アカウントとLINEがつながりました。',
    failed: '連携できませんでした',
    expired:
      'リンクの有効期限が切れているか、すでに使われています。トークからもう一度お試しください。',
    otherUser: 'このリンクは別の人のために発行されたものです。',
    badNonce: 'サイトから渡された値（nonce）が正しくありません。',
    back: 'トークに戻る',
  },
  en: {
    done: 'Accounts linked',
    doneText: 'Your member account on the site and LINE are now connected.',
    failed: 'Accounts were not linked',
    expired: 'The link has expired or was used already. Please try again from the chat.',
    otherUser: 'This link was made for somebody else.',
    badNonce: 'The value the site passed on (nonce) is not valid.',
    back: 'Back to the chat',
  },
} satisfies Record<PageLanguage, Record<string, string>>;

const TEN_MINUTES = 10 * 60_000;

interface Message {
  title: string;
  text: string;
  /** Marks the result for the phone page and for tests. */
  result: 'ok' | 'failed' | 'expired';
  userId?: string;
}

/** GET /dialog/bot/accountLink: the last step of linking, then a webhook tells the account. */
export async function accountLinkDialog(context: RouteContext): Promise<Answer> {
  const language = pageLanguage(context.query, context.headers);
  const texts = TEXTS[language];
  const { platform, query } = context;
  const value = query.get('linkToken') ?? '';
  const nonce = query.get('nonce') ?? '';
  const token = platform.state.linkTokens.get(value);
  const channel = token ? platform.state.channels.get(token.channelId) : undefined;
  const usable =
    token !== undefined &&
    channel !== undefined &&
    platform.clock.now() - token.issuedAt <= TEN_MINUTES;
  // Nothing tells the account about a dead token: on LINE only the person sees it.
  if (!usable) return page(language, 400, failure(texts, texts.expired, 'expired'));
  if (!isNonce(nonce)) return page(language, 400, failure(texts, texts.badNonce, 'expired'));
  platform.state.linkTokens.delete(value);
  const visitor = browserUser(platform, context.headers);
  const person = { platform, channel, userId: token.userId };
  if (visitor && visitor.id !== token.userId) {
    await accountLink(person, { result: 'failed', nonce });
    return page(language, 400, failure(texts, texts.otherUser, 'failed'));
  }
  await accountLink(person, { result: 'ok', nonce });
  return page(language, 200, {
    title: texts.done,
    text: texts.doneText,
    result: 'ok',
    userId: token.userId,
  });
}

const isNonce = (nonce: string) => nonce.length >= 10 && nonce.length <= 255;

function failure(texts: (typeof TEXTS)['ja'], text: string, result: Message['result']): Message {
  return { title: texts.failed, text, result };
}

function page(language: PageLanguage, status: number, message: Message): Answer {
  const target = message.userId ? `/phone/${message.userId}` : '/';
  const body = `<p class="dialog__mark" data-result="${message.result}" aria-hidden="true"></p>
<h1>${escapeHtml(message.title)}</h1>
<p>${escapeHtml(message.text)}</p>
<a class="dialog__primary" href="${target}" data-close-frame>${TEXTS[language].back}</a>
<script type="module" src="/phone/js/dialog-page.js"></script>`;
  return { status, html: dialogPage(language, message.title, body) };
}
