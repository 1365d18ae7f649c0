import { openPage } from './browser.js';
import { tellFailedWebhook } from './chat.js';
import { button, byId, element, toast } from './dom.js';
import { t } from './i18n.js';
import { act } from './store.js';

const INPUT_TYPES = { date: 'date', time: 'time', datetime: 'datetime-local' };

/** Asks for a date or time the way a phone does, from below. */
function pickMoment(action) {
  return new Promise((resolve) => {
    const input = element('input', {
      attributes: {
        type: INPUT_TYPES[action.mode] ?? 'date',
        'aria-label': t('chooseDate'),
        ...(action.initial ? { value: action.initial } : {}),
        ...(action.min ? { min: action.min } : {}),
        ...(action.max ? { max: action.max } : {}),
      },
    });
    const finish = (value) => {
      sheet.remove();
      resolve(value);
    };
    const sheet = element('div', { class: 'sheet' }, [
      element('strong', { text: action.label ?? t('chooseDate') }),
      input,
      element('div', { class: 'sheet__buttons' }, [
        button(t('close'), 'quiet', () => finish(null)),
        button(t('ok'), 'solid', () => finish(input.value || null)),
      ]),
    ]);
    byId('browser').before(sheet);
    input.focus();
  });
}

async function send(action, messageId, value) {
  const answer = await act('tap', {
    action,
    ...(messageId ? { messageId } : {}),
    ...(value ? { value } : {}),
  });
  tellFailedWebhook(answer.webhook);
  return answer;
}

/** What happens on the phone itself, by kind of action. */
const LOCAL = {
  uri: async (action, messageId) => {
    // The page opens within the tap, or browsers would block the window.
    openPage(action.uri ?? action.linkUri);
    await send(action, messageId);
  },
  clipboard: async (action) => {
    await navigator.clipboard.writeText(action.clipboardText).catch(() => undefined);
    toast(t('copied'));
  },
  datetimepicker: async (action, messageId) => {
    const value = await pickMoment(action);
    if (value) await send(action, messageId, value);
  },
  camera: async () => act('image', {}),
  cameraRoll: async () => act('image', {}),
  location: async () => act('message', { message: sampleLocation() }),
};

export function sampleLocation() {
  return {
    type: 'location',
    title: '東京駅',
    address: '東京都千代田区丸の内1丁目',
    latitude: 35.681236,
    longitude: 139.767125,
  };
}

/** Taps a button, an area or a picture. */
export async function perform(action, messageId) {
  try {
    const local = LOCAL[action.type];
    if (local) await local(action, messageId);
    else await send(action, messageId);
  } catch (error) {
    toast(`${t('failed')}: ${error.message}`);
  }
}
