// Asks one address again and again over kept connections, in a process of its own, so that asking
// costs the server that is measured nothing. In: {url, headers, requests, atOnce}. With
// `visitors` every request comes from another browser. Out: {seconds, p95}.
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

process.on('message', async ({ url, headers, requests, atOnce, visitors, id }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  const times = [];
  const headersOf = (number) =>
    visitors ? { ...headers, cookie: `crm_visitor=${visitors}${number}` } : headers;
  const get = (number) =>
    new Promise((resolve, reject) => {
      const started = performance.now();
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
  try {
    const started = performance.now();
    await Promise.all(Array.from({ length: atOnce }, worker));
    const seconds = (performance.now() - started) / 1000;
    times.sort((a, b) => a - b);
    const p95 = times[Math.floor(times.length * 0.95)];
    process.send({ id, seconds, p95 });
  } catch (error) {
    process.send({ id, problem: String(error) });
  } finally {
    agent.destroy();
  }
});
