// Asks one address again and again over kept connections, in a process of its own, so that asking
// costs the server that is measured nothing. In: {url, headers, requests} and `atOnce`, or `perSecond`. With
// `visitors` every request comes from another browser. Out: {seconds, p95, p99}.
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

process.on('message', async (command) => {
  const { url, headers, requests, atOnce, perSecond, visitors, id } = command;
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  const times = [];
  const headersOf = (number) =>
    visitors ? { ...headers, cookie: `crm_visitor=${visitors}${number}` } : headers;
  const get = (number, started = performance.now()) =>
    new Promise((resolve, reject) => {
      http
        .get(url, { agent, headers: headersOf(number) }, (answer) => {
          answer.resume();
          answer.on('end', () => {
            times.push(performance.now() - started);
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`${url} answered ${answer.statusCode}`));
          });
        })
        .on('error', reject);
    });
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await get(left);
    }
  };
  const atTheirTime = async (started) => {
    const waiting = [];
    for (let number = 0; number < requests; number += 1) {
      const due = started + (number / perSecond) * 1000;
      const rest = due - performance.now();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      // Late is late: counted from when it should have been sent.
      waiting.push(get(number, due));
    }
    await Promise.all(waiting);
  };
  try {
    const started = performance.now();
    if (perSecond) await atTheirTime(started);
    else await Promise.all(Array.from({ length: atOnce }, worker));
    const seconds = (performance.now() - started) / 1000;
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(times.length * share)];
    process.send({ id, seconds, p95: at(0.95), p99: at(0.99) });
  } catch (error) {
    process.send({ id, problem: String(error) });
  } finally {
    agent.destroy();
  }
});
