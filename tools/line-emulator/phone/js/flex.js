import { perform } from './actions.js';
import { prepareLink } from './browser.js';
import { element, makeTappable } from './dom.js';
import { box, component } from './flex-box.js';
import { colour, setStyles } from './flex-units.js';

const BLOCKS = ['header', 'hero', 'body', 'footer'];

function block(bubble, name, messageId) {
  const part = bubble[name];
  if (!part) return null;
  const made = element('div', { class: `flex-block flex-block--${name}` });
  const drawn =
    part.type === 'box' || name !== 'hero'
      ? withAction(box(part, messageId), part, messageId)
      : component(part, messageId);
  made.append(drawn);
  const style = bubble.styles?.[name];
  setStyles(made, {
    backgroundColor: colour(style?.backgroundColor),
    borderTop: style?.separator
      ? `1px solid ${colour(style.separatorColor) ?? '#d4d6da'}`
      : undefined,
  });
  return made;
}

function withAction(drawn, part, messageId) {
  if (!part.action) return drawn;
  if (part.action.uri) prepareLink(part.action.uri);
  makeTappable(drawn, part.action.label, () => void perform(part.action, messageId));
  return drawn;
}

function bubble(content, messageId) {
  const made = element(
    'div',
    {
      class: `flex-bubble flex-bubble--${content.size ?? 'mega'}`,
      attributes: { dir: content.direction ?? 'ltr' },
    },
    BLOCKS.map((name) => block(content, name, messageId)),
  );
  return withAction(made, content, messageId);
}

/** Draws a Flex Message: one bubble, or several side by side. */
export function renderFlex(contents, messageId, altText) {
  if (contents.type !== 'carousel') return bubble(contents, messageId);
  return element(
    'div',
    { class: 'carousel', attributes: { tabindex: '0', role: 'group', 'aria-label': altText } },
    contents.contents.map((each) => bubble(each, messageId)),
  );
}
