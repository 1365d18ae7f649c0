import { perform } from './actions.js';
import { openPage, prepareLink } from './browser.js';
import { button, element, makeTappable, safeImageUrl } from './dom.js';
import { renderFlex } from './flex.js';
import { t } from './i18n.js';
import { renderTemplate } from './template.js';

const LINK = /(https?:\/\/[^\s<>"「」（）]+)/;

function link(url) {
  prepareLink(url);
  return element('a', {
    text: url,
    attributes: { href: url, rel: 'noopener', target: '_blank' },
    on: {
      click: (event) => {
        event.preventDefault();
        openPage(url);
      },
    },
  });
}

/** Text with its links as links; everything stays text. */
function linkedText(text) {
  const place = element('div', { class: 'bubble bubble--text' });
  // Splitting by a captured pattern puts the links at the odd places.
  text.split(LINK).forEach((part, index) => place.append(index % 2 === 1 ? link(part) : part));
  return place;
}

function withoutBraces(message) {
  return message.text.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (all, key) => {
    if (all === '{{') return '{';
    if (all === '}}') return '}';
    return message.substitution?.[key]?.type === 'mention' ? `@${key}` : '☺';
  });
}

function picture(url, alt, onTap) {
  const made = element('div', { class: 'bubble bubble--media' }, [
    element('img', { attributes: { src: safeImageUrl(url), alt } }),
  ]);
  if (onTap) makeTappable(made, alt, onTap);
  return made;
}

function image(message, entry) {
  const url = message.previewImageUrl ?? message.originalContentUrl;
  if (url) return picture(url, t('image'), () => openPage(message.originalContentUrl ?? url));
  return element('div', { class: 'bubble bubble--media' }, [
    element('img', { attributes: { src: `/__emu/content/${entry.id}`, alt: t('image') } }),
  ]);
}

const SVG = 'http://www.w3.org/2000/svg';

/** A face of our own: the real stickers are LINE's artwork. */
function face() {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 60 40');
  const lines = document.createElementNS(SVG, 'path');
  lines.setAttribute('d', 'M18 8v6M42 8v6M14 22c6 14 26 14 32 0');
  drawing.append(lines);
  return drawing;
}

function sticker(message) {
  const number = `${message.packageId} / ${message.stickerId}`;
  const made = element(
    'div',
    { class: 'sticker', attributes: { role: 'img', 'aria-label': `${t('sticker')} ${number}` } },
    [face(), element('span', { class: 'sticker__id', text: number })],
  );
  made.style.setProperty('--hue', String((Number(message.stickerId) * 47) % 360 || 30));
  return made;
}

function video(message) {
  const made = picture(message.previewImageUrl, t('video'), () =>
    openPage(message.originalContentUrl),
  );
  made.append(element('span', { class: 'play', text: '▶', attributes: { 'aria-hidden': 'true' } }));
  return made;
}

function audio(message) {
  const seconds = Math.round((message.duration ?? 0) / 1000);
  const made = element('div', { class: 'bubble bubble--text audio' }, [
    element('span', { text: '▶' }),
    element('span', { class: 'audio__line' }),
    element('span', {
      text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    }),
  ]);
  makeTappable(made, t('audio'), () => openPage(message.originalContentUrl));
  return made;
}

function location(message) {
  return element('div', { class: 'bubble card' }, [
    element('div', { class: 'map', attributes: { 'aria-hidden': 'true' } }),
    element('strong', { text: message.title ?? t('location') }),
    element('p', { text: message.address ?? '' }),
  ]);
}

function coupon(message) {
  const { title, description, until } = message.shown ?? {};
  return element('div', { class: 'bubble card' }, [
    element('strong', { text: t('coupon') }),
    element('p', { text: title ?? message.couponId }),
    ...(description ? [element('p', { text: description })] : []),
    ...(until ? [element('p', { text: `〜 ${new Date(until).toLocaleDateString()}` })] : []),
  ]);
}

function imagemap(message, entry) {
  const { width, height } = message.baseSize;
  const percent = (part, whole) => `${(part / whole) * 100}%`;
  const made = element('div', { class: 'bubble bubble--media imagemap' }, [
    element('img', {
      attributes: { src: safeImageUrl(`${message.baseUrl}/1040`), alt: message.altText },
    }),
  ]);
  made.style.aspectRatio = `${width} / ${height}`;
  for (const action of message.actions) {
    const spot = button('', 'rich-menu__area', () => void perform(action, entry.id), {
      'aria-label': action.label ?? action.text ?? action.linkUri ?? t('area'),
    });
    spot.style.left = percent(action.area.x, width);
    spot.style.top = percent(action.area.y, height);
    spot.style.width = percent(action.area.width, width);
    spot.style.height = percent(action.area.height, height);
    if (action.linkUri) prepareLink(action.linkUri);
    made.append(spot);
  }
  return made;
}

/** How each kind of message looks. */
const KINDS = {
  text: (message) => linkedText(message.text),
  textV2: (message) => linkedText(withoutBraces(message)),
  image,
  sticker,
  video,
  audio,
  location,
  coupon,
  imagemap,
  template: (message, entry) => renderTemplate(message, entry.id),
  flex: (message, entry) => renderFlex(message.contents, entry.id, message.altText),
};

export function renderMessage(entry) {
  const render = KINDS[entry.message.type];
  if (render) return render(entry.message, entry);
  return element('div', { class: 'bubble bubble--text', text: `[${entry.message.type}]` });
}
