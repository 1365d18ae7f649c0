import { perform, sampleLocation } from './actions.js';
import { tellFailedWebhook } from './chat.js';
import { button, byId, element, toast } from './dom.js';
import { t } from './i18n.js';
import { act, view } from './store.js';

async function send(path, body) {
  try {
    const { webhook } = await act(path, body);
    tellFailedWebhook(webhook);
  } catch (error) {
    toast(`${t('failed')}: ${error.message}`);
  }
}

function quickButton(item) {
  const { action, imageUrl } = item;
  const made = button(action.label ?? '', 'quick__item', () => void perform(action));
  if (imageUrl) made.prepend(element('img', { attributes: { src: imageUrl, alt: '' } }));
  return made;
}

/** Quick replies belong to the newest message only. */
function drawQuickReplies() {
  const place = byId('quick');
  const last = view.phone?.chat.at(-1);
  const items = last?.from === 'account' ? (last.message.quickReply?.items ?? []) : [];
  place.hidden = items.length === 0;
  place.replaceChildren(...items.map(quickButton));
}

function drawAttachments() {
  const close = () => {
    byId('attachments').hidden = true;
  };
  const choice = (key, path, body) =>
    button(t(key), 'attachments__item', () => {
      close();
      void send(path, body);
    });
  byId('attachments').replaceChildren(
    choice('photo', 'image', { base64: samplePicture(), contentType: 'image/png' }),
    choice('sendSticker', 'sticker', {}),
    choice('sendLocation', 'message', { message: sampleLocation() }),
  );
}

/** A picture drawn here, so that something other than a white dot is sent. */
function samplePicture() {
  const canvas = element('canvas', { attributes: { width: '480', height: '360' } });
  const pen = canvas.getContext('2d');
  const sky = pen.createLinearGradient(0, 0, 0, 360);
  sky.addColorStop(0, '#f6c58f');
  sky.addColorStop(1, '#7a5ba6');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 480, 360);
  pen.fillStyle = '#fff4d6';
  pen.beginPath();
  pen.arc(340, 120, 46, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = '#2f2a4a';
  pen.beginPath();
  pen.moveTo(0, 360);
  pen.lineTo(180, 170);
  pen.lineTo(300, 290);
  pen.lineTo(380, 220);
  pen.lineTo(480, 360);
  pen.fill();
  return canvas.toDataURL('image/png').split(',')[1];
}

export function drawComposer() {
  const silent = !view.phone;
  byId('composer').classList.toggle('composer--off', silent);
  for (const control of byId('composer').querySelectorAll('button, textarea')) {
    control.disabled = silent;
  }
  drawQuickReplies();
  drawAttachments();
}

export function startComposer() {
  const form = byId('composer');
  const field = byId('composer-text');
  const fit = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 110)}px`;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    fit();
    void send('text', { text });
  });
  field.addEventListener('input', fit);
  field.addEventListener('keydown', (event) => {
    // Enter also ends a conversion from kana to kanji: that must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  byId('attach').addEventListener('click', () => {
    byId('attachments').hidden = !byId('attachments').hidden;
  });
}
