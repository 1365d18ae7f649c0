import { perform } from './actions.js';
import { prepareLink } from './browser.js';
import { element, makeTappable } from './dom.js';
import * as parts from './flex-parts.js';
import { border, colour, measure, setStyles, space } from './flex-units.js';

const GRAVITY = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

/** How each component is drawn. */
const PARTS = {
  box,
  text: parts.text,
  image: parts.image,
  icon: parts.icon,
  button: parts.buttonPart,
  separator: parts.separator,
  filler: parts.filler,
  spacer: parts.spacer,
  video: parts.video,
};

/** Draws any component, with what all of them have: place, margin, action. */
export function component(part, messageId, direction = 'vertical') {
  const render = PARTS[part.type];
  if (!render) return element('div');
  const made =
    part.type === 'box'
      ? box(part, messageId)
      : render(part, direction === 'vertical' ? 'across' : 'down');
  setStyles(made, offsets(part));
  if (part.action) {
    if (part.action.uri) prepareLink(part.action.uri);
    makeTappable(made, part.action.label, () => void perform(part.action, messageId));
  }
  return made;
}

function offsets(part) {
  const absolute = part.position === 'absolute';
  const moved = ['offsetTop', 'offsetBottom', 'offsetStart', 'offsetEnd'].some(
    (name) => part[name],
  );
  if (!absolute && !moved) return {};
  return {
    position: absolute ? 'absolute' : 'relative',
    top: space(part.offsetTop),
    bottom: space(part.offsetBottom),
    insetInlineStart: space(part.offsetStart),
    insetInlineEnd: space(part.offsetEnd),
  };
}

/** How much room a child takes: along a row one share each, down a column what it needs. */
function share(child, layout) {
  if (child.position === 'absolute') return undefined;
  if (child.type === 'filler') return `${child.flex ?? 1} 1 auto`;
  if (layout === 'vertical') return child.flex > 0 ? `${child.flex} 0 auto` : '0 0 auto';
  if (child.type === 'separator' || child.type === 'icon' || child.type === 'spacer') {
    return '0 0 auto';
  }
  if (child.width) return '0 0 auto';
  const flex = child.flex ?? 1;
  return flex === 0 ? '0 0 auto' : `${flex} 0 0`;
}

function background(part) {
  const { background: gradient } = part;
  if (gradient?.type !== 'linearGradient') return undefined;
  const angle = /^\d+(\.\d+)?deg$/.test(gradient.angle) ? gradient.angle : '0deg';
  const stops = [colour(gradient.startColor), colour(gradient.endColor)];
  if (stops.includes(undefined)) return undefined;
  const centre = colour(gradient.centerColor);
  const middle = centre ? `, ${centre} ${measure(gradient.centerPosition) ?? '50%'}` : '';
  return `linear-gradient(${angle}, ${stops[0]}${middle}, ${stops[1]})`;
}

function boxStyles(part) {
  return {
    backgroundColor: colour(part.backgroundColor),
    backgroundImage: background(part),
    borderColor: colour(part.borderColor),
    borderWidth: border(part.borderWidth),
    borderStyle: part.borderWidth && part.borderWidth !== 'none' ? 'solid' : undefined,
    borderRadius: space(part.cornerRadius),
    overflow: part.cornerRadius ? 'hidden' : undefined,
    width: measure(part.width),
    maxWidth: measure(part.maxWidth),
    height: measure(part.height),
    maxHeight: measure(part.maxHeight),
    padding: space(part.paddingAll),
    paddingTop: space(part.paddingTop),
    paddingBottom: space(part.paddingBottom),
    paddingInlineStart: space(part.paddingStart),
    paddingInlineEnd: space(part.paddingEnd),
    justifyContent: part.justifyContent,
    alignItems: part.alignItems,
  };
}

export function box(part, messageId) {
  const layout = part.layout ?? 'vertical';
  const made = element('div', { class: `flex-box flex-box--${layout}` });
  const gap = space(part.spacing, '0px');
  let first = true;
  for (const child of part.contents ?? []) {
    const drawn = component(child, messageId, layout);
    setStyles(drawn, { flex: share(child, layout) });
    if (child.position !== 'absolute') {
      const before = space(child.margin, first ? undefined : gap);
      setStyles(
        drawn,
        layout === 'vertical' ? { marginTop: before } : { marginInlineStart: before },
      );
      first = false;
    }
    if (layout === 'horizontal') setStyles(drawn, { alignSelf: GRAVITY[child.gravity] });
    made.append(drawn);
  }
  setStyles(made, boxStyles(part));
  return made;
}
