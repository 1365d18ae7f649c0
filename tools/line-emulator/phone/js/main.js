import { get } from './api.js';
import { closePage } from './browser.js';
import { drawChat, showLoading, startChat } from './chat.js';
import { startComposer, drawComposer } from './composer.js';
import { byId } from './dom.js';
import { drawDrawer, drawerNews, startDrawer } from './drawer.js';
import { currentLanguage, formatTime, setLanguage, translatePage } from './i18n.js';
import { drawPeople, startPeople } from './people.js';
import { drawRichMenu } from './rich-menu.js';
import { choosePerson, loadPeople, loadPhone, onChange, view } from './store.js';

const ID_IN_PATH = /^\/phone\/(U[0-9a-f]{32})$/;

function drawAll() {
  drawPeople();
  drawChat();
  drawComposer();
  drawRichMenu();
  drawDrawer();
}

function drawLanguageButton() {
  const button = byId('language');
  const other = currentLanguage() === 'ja' ? 'en' : 'ja';
  button.textContent = other === 'en' ? 'English' : '日本語';
  button.lang = other;
  button.onclick = () => {
    setLanguage(other);
    drawLanguageButton();
    drawChat(true);
    drawAll();
  };
}

/** The status bar shows the emulator's time, which may not be ours. */
function startStatusBar() {
  let offset = 0;
  onChange(() => {
    if (view.phone) offset = view.phone.now - Date.now();
  });
  const draw = () => {
    byId('status-time').textContent = formatTime(Date.now() + offset);
  };
  setInterval(draw, 1000);
  draw();
}

const HANDLERS = {
  chat: (news) => {
    if (news.userId === view.userId) void loadPhone();
    else void loadPeople();
  },
  loading: (news) => {
    if (news.userId === view.userId) showLoading(news.seconds);
  },
  users: () => {
    void loadPeople();
    void loadPhone();
  },
  tools: () => void loadPhone(),
  reset: () => {
    void loadPeople();
    void loadPhone();
  },
};

/** Escape puts away what lies on top. */
function startEscape() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    closePage();
    document.body.classList.remove('show-people', 'show-drawer');
  });
}

function listenForNews() {
  const source = new EventSource('/__emu/phone/stream');
  source.addEventListener('message', (event) => {
    const news = JSON.parse(event.data);
    HANDLERS[news.kind]?.(news);
    drawerNews(news);
  });
  // After a restart of the emulator everything may be different.
  source.addEventListener('open', () => {
    void loadPeople();
    void loadPhone();
  });
}

async function firstPerson() {
  const named = ID_IN_PATH.exec(location.pathname)?.[1];
  if (named) return named;
  return (await get('phone/session')).userId;
}

async function start() {
  translatePage();
  drawLanguageButton();
  startPeople();
  startChat();
  startComposer();
  startDrawer();
  startStatusBar();
  startEscape();
  onChange((what) => {
    if (what === 'people') drawPeople();
    else drawAll();
  });
  window.addEventListener('popstate', async () => {
    const userId = await firstPerson();
    if (userId) await choosePerson(userId, false);
  });
  await loadPeople();
  const userId = await firstPerson();
  if (userId) await choosePerson(userId, false);
  else drawAll();
  listenForNews();
}

void start();
