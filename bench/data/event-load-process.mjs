// Sends events over kept connections, in a process of its own, so that sending costs the server that
// is measured nothing. In: `batches` as fast as they are answered, or `rate` single calls at their
// time, answered or not. Out: {seconds, p50, p99, most, failed}.
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];

const eventOf = (prefix, number) => ({
  type: 'track',
  event: number % 3 === 0 ? 'Product Added' : 'Product Viewed',
  messageId: `${prefix}-${number}`,
  anonymousId: `visitor-${(number * 7919) % 50_000}`,
  timestamp: new Date().toISOString(),
  properties: {
    code: `ER-${number % 1000}`,
    title: 'ブルー・トレイン',
    price: 3200,
    path: `/products/er-${number % 1000}`,
  },
});

class Sender {
  times = [];
  failed = 0;

  constructor({ origin, authorization, atOnce = 64 }) {
    this.base = `${origin}/api/crm/track/v1/`;
    this.authorization = authorization;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  }

  post(call, body, started) {
    const headers = {
      authorization: this.authorization,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve) => {
      const request = http.request(this.base + call, {
        method: 'POST',
        agent: this.agent,
        headers,
      });
      request.on('response', (answer) => {
        answer.resume();
        answer.on('end', () => {
          this.times.push(performance.now() - started);
          if (answer.statusCode !== 200) this.failed += 1;
          resolve();
        });
      });
      request.on('error', () => {
        this.failed += 1;
        resolve();
      });
      request.end(body);
    });
  }
}

async function inBatches(sender, prefix, { events, size, atOnce }) {
  const bodies = [];
  for (let from = 0; from < events; from += size) {
    const batch = Array.from({ length: size }, (_, index) => eventOf(prefix, from + index));
    bodies.push(JSON.stringify({ batch, sentAt: new Date().toISOString() }));
  }
  const started = performance.now();
  const worker = async () => {
    for (let body = bodies.pop(); body; body = bodies.pop()) {
      await sender.post('batch', body, performance.now());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return started;
}

async function atRate(sender, prefix, { perSecond, lasts }) {
  const started = performance.now();
  const waiting = [];
  const events = perSecond * lasts;
  for (let number = 0; number < events;) {
    const due = Math.min(events, ((performance.now() - started) / 1000) * perSecond);
    for (; number < due; number += 1) {
      // Late is late: counted from when it should have been sent.
      const should = started + (number / perSecond) * 1000;
      waiting.push(sender.post('track', JSON.stringify(eventOf(prefix, number)), should));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(waiting);
  return started;
}

process.on('message', async (command) => {
  const { id, prefix, rate, batches } = command;
  const sender = new Sender({ ...command, atOnce: batches?.atOnce });
  const started = rate
    ? await atRate(sender, prefix, rate)
    : await inBatches(sender, prefix, batches);
  const seconds = (performance.now() - started) / 1000;
  const times = sender.times.sort((a, b) => a - b);
  sender.agent.destroy();
  const { failed } = sender;
  process.send({
    id,
    seconds,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    most: at(times, 1),
    failed,
  });
});
