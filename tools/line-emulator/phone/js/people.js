import { post } from './api.js';
import { byId, element, toast } from './dom.js';
import { currentLanguage, t } from './i18n.js';
import { choosePerson, loadPeople, view } from './store.js';

const STATUS = { friend: 'friend', none: 'notFriend', blocked: 'blocked' };

/** A circle with a picture or the first character of a name. */
export function avatar(name, pictureUrl, className = 'avatar') {
  const circle = element('span', { class: className, attributes: { 'aria-hidden': 'true' } });
  if (pictureUrl && /^https?:\/\//.test(pictureUrl)) {
    circle.append(element('img', { attributes: { src: pictureUrl, alt: '' } }));
  } else {
    circle.textContent = [...name][0] ?? '?';
    circle.style.setProperty('--hue', String(hueOf(name)));
  }
  return circle;
}

function hueOf(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return sum;
}

function personRow(person) {
  const chosen = person.id === view.userId;
  const row = element(
    'button',
    {
      class: `person${chosen ? ' person--chosen' : ''}`,
      attributes: { type: 'button', ...(chosen ? { 'aria-current': 'true' } : {}) },
      on: {
        click: () => {
          document.body.classList.remove('show-people');
          void choosePerson(person.id);
        },
      },
    },
    [
      avatar(person.displayName, person.pictureUrl),
      element('span', { class: 'person__name', text: person.displayName }),
      element('span', {
        class: `person__status person__status--${person.status}`,
        text: t(STATUS[person.status]),
      }),
    ],
  );
  return element('li', {}, [row]);
}

export function drawPeople() {
  const list = byId('people-list');
  if (view.people.length === 0) {
    list.replaceChildren(element('li', { class: 'empty', text: t('noPeople') }));
  } else {
    list.replaceChildren(...view.people.map(personRow));
  }
  const more = byId('people-more');
  more.hidden = view.total <= view.people.length;
  more.textContent = t('morePeople', { count: view.people.length, total: view.total });
}

export function startPeople() {
  const form = byId('new-person');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const displayName = String(new FormData(form).get('displayName') ?? '').trim();
    if (displayName === '') return;
    try {
      const user = await post('users', { displayName, language: currentLanguage() });
      form.reset();
      document.body.classList.remove('show-people');
      await loadPeople();
      await choosePerson(user.id);
    } catch (error) {
      toast(`${t('failed')}: ${error.message}`);
    }
  });
  byId('open-people').addEventListener('click', () => {
    document.body.classList.toggle('show-people');
    form.querySelector('input').focus();
  });
}
