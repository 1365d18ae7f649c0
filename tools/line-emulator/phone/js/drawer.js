import { byId, button } from './dom.js';
import { drawFaults } from './drawer-faults.js';
import { drawReceived, drawRequests, drawWebhooks } from './drawer-lists.js';
import { drawWorld } from './drawer-world.js';
import { t } from './i18n.js';

/** The tabs of the developer's drawer, what each shows, and which news concern it. */
const TABS = [
  { key: 'tabSent', draw: drawReceived, news: ['chat', 'users', 'reset'] },
  { key: 'tabRequests', draw: drawRequests, news: ['request', 'reset'] },
  { key: 'tabWebhooks', draw: drawWebhooks, news: ['webhook', 'reset'] },
  { key: 'tabFaults', draw: drawFaults, news: ['tools', 'request', 'reset'] },
  { key: 'tabWorld', draw: drawWorld, news: ['tools', 'reset'] },
];

let chosen = TABS[0];

function choose(tab) {
  chosen = tab;
  drawDrawer();
}

function drawTabs() {
  const tabs = TABS.map((tab, place) => {
    const selected = tab === chosen;
    return button(t(tab.key), 'tab', () => choose(tab), {
      role: 'tab',
      id: `tab-${place}`,
      'aria-selected': String(selected),
      'aria-controls': 'panel',
      tabindex: selected ? '0' : '-1',
    });
  });
  byId('tabs').replaceChildren(...tabs);
  byId('panel').setAttribute('aria-labelledby', `tab-${TABS.indexOf(chosen)}`);
}

export function drawDrawer() {
  drawTabs();
  const tab = chosen;
  void tab.draw(byId('panel'), () => tab === chosen);
}

export function drawerNews(news) {
  if (chosen.news.includes(news.kind)) drawDrawerBody();
}

function drawDrawerBody() {
  // A form somebody is filling in is not torn away by news.
  const editing = byId('panel').querySelector('input:focus, select:focus');
  if (!editing) void chosen.draw(byId('panel'), () => true);
}

export function startDrawer() {
  byId('open-drawer').addEventListener('click', () => document.body.classList.add('show-drawer'));
  byId('close-drawer').addEventListener('click', () => {
    document.body.classList.remove('show-drawer');
  });
  byId('tabs').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(chosen) + step + TABS.length) % TABS.length];
    choose(next);
    byId(`tab-${TABS.indexOf(next)}`).focus();
  });
}
