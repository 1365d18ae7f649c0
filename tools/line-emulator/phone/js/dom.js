/**
 * Makes an element. Text is always set as text: what people or senders wrote never becomes HTML.
 * @param {string} tag
 * @param {{class?: string, text?: string, attributes?: Record<string, string>, on?: Record<string, (event: Event) => void>}} [options]
 * @param {(Node | null | undefined)[]} [children]
 */
export function element(tag, options = {}, children = []) {
  const made = document.createElement(tag);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    made.setAttribute(name, value);
  }
  for (const [name, listener] of Object.entries(options.on ?? {})) {
    made.addEventListener(name, listener);
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lacks #${id}`);
  return found;
}

/** A button that cannot submit a form by accident. */
export function button(text, className, onClick, attributes = {}) {
  return element('button', {
    class: className,
    text,
    attributes: { type: 'button', ...attributes },
    on: { click: onClick },
  });
}

/** Makes any element work like a button, for pointer and keyboard. */
export function makeTappable(target, label, onTap) {
  target.classList.add('tappable');
  target.setAttribute('role', 'button');
  target.setAttribute('tabindex', '0');
  if (label) target.setAttribute('aria-label', label);
  target.addEventListener('click', (event) => {
    event.stopPropagation();
    onTap();
  });
  target.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    onTap();
  });
}

/** Only addresses that a picture may have; anything else shows nothing. */
export function safeImageUrl(url) {
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : '';
}

let toastTimer;

/** A short note at the bottom of the phone. */
export function toast(text) {
  const place = byId('toast');
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    place.hidden = true;
  }, 2600);
}
