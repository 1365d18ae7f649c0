import { get, post } from './api.js';

/**
 * What the page shows: one person's phone, and the newest of everything else.
 * Parts of the page listen and draw themselves again.
 */
export const view = {
  /** @type {string | null} */
  userId: null,
  /** @type {any} */
  phone: null,
  /** @type {any[]} */
  people: [],
  total: 0,
};

const listeners = new Set();

export function onChange(listener) {
  listeners.add(listener);
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

export async function loadPeople() {
  const answer = await get('users?limit=100');
  view.people = answer.users;
  view.total = answer.total;
  tell('people');
}

export async function loadPhone() {
  if (!view.userId) {
    view.phone = null;
  } else {
    const asked = view.userId;
    const phone = await get(`phone/${asked}`).catch(() => null);
    if (asked !== view.userId) return;
    view.phone = phone;
    if (!phone) view.userId = null;
  }
  tell('phone');
}

/** Takes this person's phone into the hand; the browser is theirs from now on. */
export async function choosePerson(userId, push = true) {
  view.userId = userId;
  await post('phone/session', { userId }).catch(() => undefined);
  if (push) history.pushState(null, '', `/phone/${userId}`);
  await loadPhone();
  tell('person');
}

/** Does something as the chosen person. */
export const act = (path, body) => post(`users/${view.userId}/${path}`, body);
