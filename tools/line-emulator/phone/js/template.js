import { perform } from './actions.js';
import { prepareLink } from './browser.js';
import { button, element, makeTappable, safeImageUrl } from './dom.js';

function actionButton(action, messageId) {
  if (action.uri) prepareLink(action.uri);
  return button(action.label ?? '', 'template__action', () => void perform(action, messageId));
}

/** A card with picture, title, text and buttons: a template of its own, or one of a carousel. */
function card(content, look, messageId) {
  const made = element('div', { class: 'template' });
  if (content.thumbnailImageUrl) {
    const square = look.imageAspectRatio === 'square' ? ' template__image--square' : '';
    const contain = look.imageSize === 'contain' ? ' template__image--contain' : '';
    const picture = element('img', {
      class: `template__image${square}${contain}`,
      attributes: { src: safeImageUrl(content.thumbnailImageUrl), alt: '' },
    });
    if (content.imageBackgroundColor) picture.style.background = content.imageBackgroundColor;
    made.append(picture);
  }
  const text = element('div', { class: 'template__text' }, [
    content.title ? element('strong', { text: content.title }) : null,
    element('p', { text: content.text }),
  ]);
  const action = content.defaultAction;
  if (action) {
    if (action.uri) prepareLink(action.uri);
    makeTappable(text, action.label, () => void perform(action, messageId));
  }
  made.append(text, ...content.actions.map((each) => actionButton(each, messageId)));
  return made;
}

function confirm(template, messageId) {
  return element('div', { class: 'template template--confirm' }, [
    element('div', { class: 'template__text' }, [element('p', { text: template.text })]),
    element(
      'div',
      { class: 'template__pair' },
      template.actions.map((each) => actionButton(each, messageId)),
    ),
  ]);
}

function imageColumn(column, messageId) {
  const { action } = column;
  if (action.uri) prepareLink(action.uri);
  const made = element('div', { class: 'template template--image' }, [
    element('img', { attributes: { src: safeImageUrl(column.imageUrl), alt: action.label ?? '' } }),
    action.label ? element('span', { class: 'template__caption', text: action.label }) : null,
  ]);
  makeTappable(made, action.label, () => void perform(action, messageId));
  return made;
}

const row = (cards) => element('div', { class: 'carousel', attributes: { tabindex: '0' } }, cards);

/** How each kind of template looks. */
const KINDS = {
  buttons: (template, messageId) => card(template, template, messageId),
  confirm,
  carousel: (template, messageId) =>
    row(template.columns.map((column) => card(column, template, messageId))),
  image_carousel: (template, messageId) =>
    row(template.columns.map((column) => imageColumn(column, messageId))),
};

export function renderTemplate(message, messageId) {
  const render = KINDS[message.template.type];
  if (render) return render(message.template, messageId);
  return element('div', { class: 'bubble bubble--text', text: message.altText });
}
