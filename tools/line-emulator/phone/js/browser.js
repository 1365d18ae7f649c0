import { get } from './api.js';
import { button, byId, element } from './dom.js';
import { t } from './i18n.js';

/** Origin → whether its pages let themselves be framed; asked before the first tap. */
const frameable = new Map();

const originOf = (url) => {
  try {
    return new URL(url).origin;
  } catch {
    return '';
  }
};

/** Learns early whether a link can be shown inside the phone. */
export function prepareLink(url) {
  const origin = originOf(url);
  if (origin === '' || origin === 'null' || frameable.has(origin)) return;
  frameable.set(origin, undefined);
  get(`frameable?origin=${encodeURIComponent(origin)}`)
    .then((answer) => frameable.set(origin, answer.frameable))
    .catch(() => frameable.set(origin, false));
}

const WINDOW = 'width=420,height=820';

/** Opens a page as LINE does: inside the phone where the page allows it, else in a window. */
export function openPage(url) {
  if (!/^https?:/.test(url)) {
    window.location.assign(/^(tel|line):/.test(url) ? url : 'about:blank');
    return;
  }
  const allowed = frameable.get(originOf(url)) ?? originOf(url) === location.origin;
  if (allowed) {
    showFrame(url);
    return;
  }
  const opened = window.open(url, 'emulated-line-browser', WINDOW);
  if (!opened) showRefusal(url);
}

function head(url) {
  return element('div', { class: 'browser__head' }, [
    button('×', 'icon-button', closePage, { 'aria-label': t('close'), id: 'close-page' }),
    element('span', { class: 'browser__address', text: url.replace(/^https?:\/\//, '') }),
    element('a', {
      class: 'browser__out',
      text: '↗',
      attributes: { href: url, target: '_blank', rel: 'noopener', 'aria-label': t('openNewTab') },
    }),
  ]);
}

function showFrame(url) {
  const frame = element('iframe', { attributes: { src: url, title: url } });
  const place = byId('browser');
  place.replaceChildren(head(url), frame);
  place.hidden = false;
  byId('close-page').focus();
}

function showRefusal(url) {
  const place = byId('browser');
  place.replaceChildren(
    head(url),
    element('div', { class: 'browser__refusal' }, [
      element('p', { text: t('frameRefused') }),
      element('a', {
        class: 'solid',
        text: t('openNewTab'),
        attributes: { href: url, target: '_blank', rel: 'noopener' },
      }),
    ]),
  );
  place.hidden = false;
}

export function closePage() {
  const place = byId('browser');
  place.replaceChildren();
  place.hidden = true;
}

// The account link page, at the end of its work, asks to be closed.
window.addEventListener('message', (event) => {
  if (event.origin === location.origin && event.data === 'close-page') closePage();
});
