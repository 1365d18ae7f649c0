import { get, post } from './api.js';
import { button, element } from './dom.js';
import { formatTime, t } from './i18n.js';
import { view } from './store.js';

const pretty = (value) => JSON.stringify(value, null, 2);
const SHOWN = 40;

/** Which rows stand open, so that new ones do not close them. */
const opened = new Set();

function row(key, summary, details, extra) {
  const made = element('details', { class: 'record', attributes: { 'data-key': key } }, [
    element('summary', {}, summary),
    ...details.map((each) => element('pre', { class: 'json', text: each })),
    extra,
  ]);
  made.open = opened.has(key);
  made.addEventListener('toggle', () => {
    if (made.open) opened.add(key);
    else opened.delete(key);
  });
  return made;
}

const cell = (className, text) => element('span', { class: className, text });
const tone = (good) => (good ? 'badge badge--good' : 'badge badge--bad');
const empty = (key) => element('p', { class: 'empty', text: t(key) });

export async function drawReceived(panel) {
  const entries = (view.phone?.chat ?? []).filter((entry) => entry.from === 'account');
  if (entries.length === 0) {
    panel.replaceChildren(empty('sentEmpty'));
    return;
  }
  const rows = entries
    .slice(-SHOWN)
    .reverse()
    .map((entry) =>
      row(
        `m${entry.id}`,
        [
          cell('badge', entry.via),
          cell('record__name', entry.message.altText ?? entry.message.text ?? entry.message.type),
          cell('record__time', formatTime(entry.at)),
        ],
        [pretty(entry.message)],
      ),
    );
  panel.replaceChildren(...rows);
}

export async function drawRequests(panel, stillWanted) {
  const { requests } = await get(`requests?limit=${SHOWN}`);
  if (!stillWanted()) return;
  if (requests.length === 0) {
    panel.replaceChildren(empty('requestsEmpty'));
    return;
  }
  const rows = requests
    .reverse()
    .map((request) =>
      row(
        `r${request.sequence}`,
        [
          cell(tone(request.status >= 200 && request.status < 400), String(request.status || '—')),
          cell('record__name', `${request.method} ${request.path}`),
          cell('record__time', request.fault ?? formatTime(request.at)),
        ],
        [
          pretty({ query: request.query, headers: request.headers }),
          pretty(request.body),
          pretty({ 'x-line-request-id': request.requestId, answer: request.answer ?? null }),
        ],
      ),
    );
  panel.replaceChildren(...rows);
}

function webhookState(webhook) {
  if (webhook.error === 'no_webhook_url') return t('noWebhookUrl');
  return webhook.error ?? `${webhook.milliseconds} ${t('ms')}`;
}

export async function drawWebhooks(panel, stillWanted) {
  const { webhooks } = await get(`webhooks?limit=${SHOWN}`);
  if (!stillWanted()) return;
  if (webhooks.length === 0) {
    panel.replaceChildren(empty('webhooksEmpty'));
    return;
  }
  const rows = webhooks.reverse().map((webhook) =>
    row(
      `w${webhook.id}`,
      [
        cell(tone(!webhook.error), String(webhook.status || '—')),
        cell('record__name', webhook.events.map((event) => event.type).join(', ') || '—'),
        cell('record__time', `${formatTime(webhook.at)} · ${webhookState(webhook)}`),
      ],
      [
        webhook.url,
        `x-line-signature: ${webhook.signature}`,
        pretty(webhook.events),
        ...(webhook.answer ? [webhook.answer] : []),
      ],
      button(t('again'), 'quiet', () => void post(`webhooks/${webhook.id}/repeat`, {})),
    ),
  );
  panel.replaceChildren(...rows);
}
