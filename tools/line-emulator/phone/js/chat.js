import { button, byId, element, toast } from './dom.js';
import { formatDay, formatTime, t } from './i18n.js';
import { renderMessage } from './messages.js';
import { avatar } from './people.js';
import { act, view } from './store.js';

/** What is drawn: entry id → its row, so that a new message does not draw the old ones again. */
const drawn = new Map();
let drawnUser = null;
let lastDay = '';

function dayLine(at) {
  const day = formatDay(at);
  if (day === lastDay) return null;
  lastDay = day;
  return element('p', { class: 'day', text: day });
}

async function takeBack(entry) {
  await act('unsend', { messageId: entry.id }).catch((error) => toast(error.message));
}

function unsentRow() {
  return element('p', { class: 'notice', text: t('unsent') });
}

/** The sender of the entry before, so that a name is not repeated at once. */
let lastSender = '';

function entryRow(entry) {
  if (entry.unsent) return unsentRow();
  const mine = entry.from === 'user';
  const { name } = view.phone.channel;
  const sender = entry.message.sender ?? {};
  const shownName = sender.name ?? name;
  const again = !mine && lastSender === shownName;
  lastSender = mine ? '' : shownName;
  const body = element('div', { class: 'entry__body' }, [
    mine ? null : element('span', { class: 'entry__name', text: shownName }),
    renderMessage(entry),
  ]);
  const time = element('div', { class: 'entry__meta' }, [
    mine
      ? button(t('unsend'), 'entry__unsend', () => void takeBack(entry), { title: t('unsend') })
      : null,
    element('time', {
      text: formatTime(entry.at),
      attributes: { datetime: new Date(entry.at).toISOString() },
    }),
  ]);
  return element(
    'article',
    {
      class: `entry ${mine ? 'entry--mine' : 'entry--theirs'} entry--${entry.message.type}${again ? ' entry--again' : ''}`,
      attributes: { 'data-id': entry.id },
    },
    [mine ? null : avatar(shownName, sender.iconUrl), body, time],
  );
}

function welcome() {
  return element('div', { class: 'welcome' }, [
    element('h3', { text: t('choosePerson') }),
    element('p', { text: t('chooseLead') }),
    button(t('openPeople'), 'solid only-narrow', () => document.body.classList.add('show-people')),
  ]);
}

function drawEntries(log) {
  let added = false;
  for (const entry of view.phone.chat) {
    const known = drawn.get(entry.id);
    if (known && known.unsent === Boolean(entry.unsent)) continue;
    const row = entryRow(entry);
    if (known) {
      known.row.replaceWith(row);
    } else {
      const day = dayLine(entry.at);
      if (day) log.append(day);
      log.append(row);
      added = true;
    }
    drawn.set(entry.id, { row, unsent: Boolean(entry.unsent) });
  }
  if (!added) return;
  byId('loading').hidden = true;
  log.scrollTop = log.scrollHeight;
}

/** A log that stands at its end stays there when quick replies or a menu take room from it. */
export function startChat() {
  const log = byId('log');
  let atEnd = true;
  let height = log.clientHeight;
  log.addEventListener('scroll', () => {
    // A log that just became shorter scrolls by itself: nobody asked to leave the end.
    if (log.clientHeight !== height) return;
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  });
  new ResizeObserver(() => {
    height = log.clientHeight;
    if (atEnd) log.scrollTop = log.scrollHeight;
  }).observe(log);
  // Pictures arrive later than their message and make it taller.
  log.addEventListener(
    'load',
    () => {
      if (atEnd) log.scrollTop = log.scrollHeight;
    },
    true,
  );
}

/** Draws the head and the log; `again` starts from nothing, as after a change of language. */
export function drawChat(again = false) {
  const log = byId('log');
  const changed = drawnUser !== view.userId || again;
  const shorter = (view.phone?.chat.length ?? 0) < drawn.size && drawn.size < 200;
  if (changed || shorter || !view.phone) {
    drawn.clear();
    lastDay = '';
    lastSender = '';
    drawnUser = view.userId;
    log.replaceChildren();
  }
  drawHead();
  drawFriendCard();
  if (!view.phone) log.replaceChildren(welcome());
  else drawEntries(log);
}

function drawHead() {
  byId('account-name').textContent = view.phone?.channel.name ?? '';
  byId('account-note').textContent = view.phone?.user.displayName ?? '';
  const block = byId('block');
  const status = view.phone?.user.status;
  block.hidden = status !== 'friend';
  block.textContent = t('block');
  block.onclick = () => void change('block');
}

async function change(path) {
  try {
    const { webhook } = await act(path, {});
    tellFailedWebhook(webhook);
  } catch (error) {
    toast(`${t('failed')}: ${error.message}`);
  }
}

/** On a real phone nothing is seen of this; here it saves an hour of searching. */
export function tellFailedWebhook(webhook) {
  if (!webhook?.error) return;
  const text = webhook.error === 'no_webhook_url' ? t('noWebhookUrl') : t('webhookFailed');
  toast(webhook.status ? `${text} (${webhook.status})` : text);
}

function drawFriendCard() {
  const card = byId('friend-card');
  const status = view.phone?.user.status;
  card.hidden = !status || status === 'friend';
  if (card.hidden) return;
  const blocked = status === 'blocked';
  const { name } = view.phone.channel;
  card.replaceChildren(
    avatar(name),
    element('div', { class: 'friend-card__text' }, [
      element('strong', { text: name }),
      element('p', { text: t(blocked ? 'blockedLead' : 'addLead') }),
    ]),
    button(t(blocked ? 'unblock' : 'addFriend'), 'solid', () => void change('follow'), {
      id: 'add-friend',
    }),
  );
}

let loadingTimer;

export function showLoading(seconds) {
  const dots = byId('loading');
  dots.hidden = false;
  clearTimeout(loadingTimer);
  loadingTimer = setTimeout(() => {
    dots.hidden = true;
  }, seconds * 1000);
}
