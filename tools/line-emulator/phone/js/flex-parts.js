import { element, safeImageUrl } from './dom.js';
import { colour, imageSize, measure, ratio, setStyles, space, textSize } from './flex-units.js';

const TEXT_ALIGN = { start: 'start', center: 'center', end: 'end' };
const ITEM_ALIGN = { start: 'flex-start', center: 'center', end: 'flex-end' };

function textStyles(part) {
  return {
    fontSize: part.size ? textSize(part.size) : undefined,
    color: colour(part.color),
    fontWeight: part.weight === 'bold' ? '700' : undefined,
    fontStyle: part.style === 'italic' ? 'italic' : undefined,
    textDecoration: part.decoration && part.decoration !== 'none' ? part.decoration : undefined,
  };
}

export function text(part) {
  const made = element('div', { class: `flex-text${part.wrap ? ' flex-text--wrap' : ''}` });
  setStyles(made, {
    ...textStyles(part),
    fontSize: textSize(part.size),
    textAlign: TEXT_ALIGN[part.align],
  });
  if (part.lineSpacing && measure(part.lineSpacing)) {
    made.style.lineHeight = `calc(1.4em + ${part.lineSpacing})`;
  }
  if (part.maxLines > 0 && part.wrap) {
    made.classList.add('flex-text--clamped');
    made.style.setProperty('-webkit-line-clamp', String(part.maxLines));
  }
  if (!part.contents?.length) {
    made.textContent = part.text ?? '';
    return made;
  }
  for (const each of part.contents) {
    const span = element('span', { text: each.text ?? '' });
    setStyles(span, textStyles(each));
    made.append(span);
  }
  return made;
}

export function image(part) {
  const made = element('div', { class: 'flex-image' });
  const frame = element('div', { class: 'flex-image__frame' });
  const width = imageSize(part.size);
  setStyles(frame, {
    width,
    aspectRatio: ratio(part.aspectRatio),
    backgroundColor: colour(part.backgroundColor),
  });
  made.style.justifyContent = ITEM_ALIGN[part.align] ?? 'center';
  frame.append(
    element('img', {
      class: part.aspectMode === 'cover' ? 'cover' : 'contain',
      attributes: { src: safeImageUrl(part.url), alt: part.action?.label ?? '' },
    }),
  );
  made.append(frame);
  return made;
}

export function icon(part) {
  const made = element('span', { class: 'flex-icon' });
  const picture = element('img', { attributes: { src: safeImageUrl(part.url), alt: '' } });
  setStyles(picture, { height: textSize(part.size), aspectRatio: ratio(part.aspectRatio) });
  made.append(picture);
  return made;
}

export function buttonPart(part) {
  const style = part.style ?? 'link';
  const made = element('div', {
    class: `flex-button flex-button--${style} flex-button--${part.height ?? 'md'}`,
  });
  made.append(element('span', { text: part.action?.label ?? '' }));
  const chosen = colour(part.color);
  if (style === 'link') setStyles(made, { color: chosen });
  else setStyles(made, { backgroundColor: chosen });
  return made;
}

export function separator(part, direction) {
  const made = element('div', { class: `flex-separator flex-separator--${direction}` });
  setStyles(made, { backgroundColor: colour(part.color) });
  return made;
}

export const filler = () => element('div', { class: 'flex-filler' });

export function spacer(part) {
  const made = element('div');
  const length = space(part.size, '8px');
  setStyles(made, { minHeight: length, minWidth: length });
  return made;
}

export function video(part) {
  const made = element('div', { class: 'flex-image' });
  const frame = element('div', { class: 'flex-image__frame' }, [
    element('img', { class: 'cover', attributes: { src: safeImageUrl(part.previewUrl), alt: '' } }),
    element('span', { class: 'play', text: '▶', attributes: { 'aria-hidden': 'true' } }),
  ]);
  setStyles(frame, { width: '100%', aspectRatio: ratio(part.aspectRatio) });
  made.append(frame);
  return made;
}
