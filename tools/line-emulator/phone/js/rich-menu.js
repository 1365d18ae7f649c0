import { perform } from './actions.js';
import { byId, button, element } from './dom.js';
import { t } from './i18n.js';
import { view } from './store.js';

let open = null;
let shown = '';

function area(menu, { bounds, action }, place) {
  const percent = (part, whole) => `${(part / whole) * 100}%`;
  const made = button('', 'rich-menu__area', () => void perform(action), {
    'aria-label': action.label ?? `${t('area')} ${place + 1}`,
  });
  made.style.left = percent(bounds.x, menu.size.width);
  made.style.top = percent(bounds.y, menu.size.height);
  made.style.width = percent(bounds.width, menu.size.width);
  made.style.height = percent(bounds.height, menu.size.height);
  return made;
}

function drawToggle(menu) {
  const toggle = byId('menu-toggle');
  toggle.hidden = !menu;
  if (!menu) return;
  toggle.textContent = `${menu.chatBarText} ${open ? '▾' : '▴'}`;
  toggle.title = t(open ? 'closeMenu' : 'openMenu');
  toggle.setAttribute('aria-expanded', String(open));
  toggle.onclick = () => {
    open = !open;
    drawRichMenu();
  };
}

export function drawRichMenu() {
  const menu = view.phone?.user.status === 'friend' ? view.phone.richMenu : null;
  const place = byId('rich-menu');
  const key = menu ? `${view.userId} ${menu.richMenuId}` : '';
  if (key !== shown) {
    // A menu that is "selected" is open when it first appears.
    if (menu) open = menu.selected;
    shown = key;
    place.replaceChildren();
    if (menu) {
      const picture = element('img', {
        attributes: { src: `/__emu/rich-menu-image/${menu.richMenuId}`, alt: menu.name },
      });
      place.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
      place.append(picture, ...menu.areas.map((each, index) => area(menu, each, index)));
    }
  }
  drawToggle(menu);
  place.hidden = !menu || !open;
}
