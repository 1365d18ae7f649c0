import { get, post, remove } from './api.js';
import { button, element, toast } from './dom.js';
import { faultKinds, faultName, t } from './i18n.js';

function field(label, control) {
  return element('label', { class: 'field' }, [element('span', { text: label }), control]);
}

function activeFault(fault, redraw) {
  const left = fault.count === undefined ? '' : ` / ${fault.count}`;
  return element('li', { class: 'fault' }, [
    element('div', {}, [
      element('strong', { text: faultName(fault.kind) }),
      element('p', { text: `${fault.path} · ${t('struck', { count: fault.struck })}${left}` }),
    ]),
    button(t('faultRemove'), 'quiet', async () => {
      await remove(`faults/${fault.id}`);
      redraw();
    }),
  ]);
}

function faultForm(redraw) {
  const form = element('form', { class: 'stack' }, [
    element('p', { text: t('faultsLead') }),
    field(
      t('faultKind'),
      element(
        'select',
        { attributes: { name: 'kind' } },
        faultKinds().map((kind) =>
          element('option', { text: faultName(kind), attributes: { value: kind } }),
        ),
      ),
    ),
    field(
      t('faultPath'),
      element('input', { attributes: { name: 'path', value: '/v2/bot/message/', required: '' } }),
    ),
    field(
      t('faultCount'),
      element('input', { attributes: { name: 'count', type: 'number', min: '1', value: '1' } }),
    ),
    element('button', { class: 'solid', text: t('faultAdd'), attributes: { type: 'submit' } }),
  ]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const count = Number(given.get('count'));
    try {
      await post('faults', {
        kind: given.get('kind'),
        path: given.get('path'),
        ...(count > 0 ? { count } : {}),
      });
      redraw();
    } catch (error) {
      toast(error.message);
    }
  });
  return form;
}

export async function drawFaults(panel, stillWanted) {
  const { faults } = await get('faults');
  if (!stillWanted()) return;
  const redraw = () => void drawFaults(panel, () => true);
  const list =
    faults.length === 0
      ? element('p', { class: 'empty', text: t('faultsNone') })
      : element(
          'ul',
          { class: 'faults' },
          faults.map((fault) => activeFault(fault, redraw)),
        );
  panel.replaceChildren(
    faultForm(redraw),
    element('h3', { text: t('faultsActive') }),
    list,
    ...(faults.length > 1
      ? [
          button(t('faultsClear'), 'quiet', async () => {
            await remove('faults');
            redraw();
          }),
        ]
      : []),
  );
}
