import { TEXTS } from './texts.js';

const KEY = 'emulator-language';

/** @type {'ja' | 'en'} */
let language = localStorage.getItem(KEY) === 'en' ? 'en' : 'ja';

export const currentLanguage = () => language;

/** @param {'ja' | 'en'} wanted */
export function setLanguage(wanted) {
  language = wanted;
  localStorage.setItem(KEY, wanted);
  // The log-in and account link pages come from the server and follow this choice.
  document.cookie = `emulated_language=${wanted}; path=/; max-age=31536000; samesite=lax`;
  translatePage();
}

/** The text of a key, with `{name}` replaced. */
export function t(key, values = {}) {
  let text = TEXTS[language][key] ?? key;
  for (const [name, value] of Object.entries(values)) {
    text = text.replace(`{${name}}`, String(value));
  }
  return text;
}

export const faultName = (kind) => TEXTS[language].faultKinds[kind] ?? kind;
export const faultKinds = () => Object.keys(TEXTS[language].faultKinds);

/** Writes the texts that stand in the page's own HTML. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll('[data-text]')) {
    place.textContent = t(place.getAttribute('data-text'));
  }
  for (const place of document.querySelectorAll('[data-label]')) {
    place.setAttribute('aria-label', t(place.getAttribute('data-label')));
    if (place.tagName === 'BUTTON')
      place.setAttribute('title', t(place.getAttribute('data-label')));
  }
  for (const place of document.querySelectorAll('[data-placeholder]')) {
    place.setAttribute('placeholder', t(place.getAttribute('data-placeholder')));
  }
}

const locale = () => (language === 'ja' ? 'ja-JP' : 'en-GB');

export const formatTime = (at) =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }).format(at);

export const formatDay = (at) =>
  new Intl.DateTimeFormat(locale(), { month: 'long', day: 'numeric', weekday: 'short' }).format(at);

export const formatMoment = (at) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
