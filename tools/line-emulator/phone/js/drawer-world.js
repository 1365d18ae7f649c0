import { get, post, put } from './api.js';
import { button, element, toast } from './dom.js';
import { formatMoment, t } from './i18n.js';

const MINUTE = 60_000;
const STEPS = [
  ['minute', MINUTE],
  ['hour', 60 * MINUTE],
  ['day', 1440 * MINUTE],
  ['month', 31 * 1440 * MINUTE],
];

function clockPart(state, redraw) {
  const set = async (body) => {
    await post('clock', body);
    redraw();
  };
  return element('section', { class: 'stack' }, [
    element('h3', { text: t('clockNow') }),
    element('p', { class: 'big', text: formatMoment(state.clock.now) }),
    element(
      'div',
      { class: 'row', attributes: { role: 'group', 'aria-label': t('clockAdvance') } },
      STEPS.map(([key, advanceMs]) => button(`+${t(key)}`, 'quiet', () => void set({ advanceMs }))),
    ),
    state.clock.frozen
      ? button(t('resume'), 'quiet', () => void set({ state: 'running' }))
      : button(t('freeze'), 'quiet', () => void set({ state: 'frozen' })),
  ]);
}

function textField(label, value, onSave, attributes = {}) {
  const input = element('input', { attributes: { value, ...attributes } });
  const form = element('form', { class: 'row row--field' }, [
    element('label', { class: 'field' }, [element('span', { text: label }), input]),
    element('button', { class: 'quiet', text: t('save'), attributes: { type: 'submit' } }),
  ]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await onSave(input.value.trim());
      input.blur();
    } catch (error) {
      toast(error.message);
    }
  });
  return form;
}

function quotaPart(channel, redraw) {
  const { quota } = channel;
  const limit = quota.type === 'limited' ? `${quota.used} / ${quota.value}` : t('quotaNone');
  return element('section', { class: 'stack' }, [
    element('h3', { text: t('quota') }),
    element('p', { text: `${t('quotaUsed', { used: quota.used })}（${limit}）` }),
    textField(
      t('quotaLimit'),
      quota.type === 'limited' ? String(quota.value) : '',
      async (value) => {
        await put(
          'quota',
          value === '' ? { type: 'none' } : { type: 'limited', value: Number(value) },
        );
        redraw();
      },
      { inputmode: 'numeric', pattern: '[0-9]*' },
    ),
  ]);
}

function toggle(label, checked, onChange) {
  const box = element('input', { attributes: { type: 'checkbox' } });
  box.checked = checked;
  box.addEventListener('change', () => void onChange(box.checked));
  return element('label', { class: 'check' }, [box, element('span', { text: label })]);
}

function settingsPart({ settings }, channel) {
  return element('section', { class: 'stack' }, [
    toggle(t('rateLimits'), settings.rateLimits, (rateLimits) => put('settings', { rateLimits })),
    toggle(t('redelivery'), settings.redelivery, (redelivery) => put('settings', { redelivery })),
    toggle(t('autoApprove'), settings.autoApprove !== false, (autoApprove) =>
      put('settings', { autoApprove }),
    ),
    toggle(t('verifiedAccount'), channel.verified, (verified) => put('channel', { verified })),
    textField(t('webhookUrl'), channel.webhookUrl, (webhookUrl) => put('channel', { webhookUrl })),
  ]);
}

export async function drawWorld(panel, stillWanted) {
  const state = await get('state');
  if (!stillWanted()) return;
  const [channel] = state.channels;
  const redraw = () => void drawWorld(panel, () => true);
  panel.replaceChildren(
    clockPart(state, redraw),
    quotaPart(channel, redraw),
    settingsPart(state, channel),
    button(t('reset'), 'danger', () => {
      if (window.confirm(t('resetConfirm'))) void post('reset');
    }),
  );
}
