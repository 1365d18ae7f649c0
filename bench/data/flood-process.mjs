// What a hostile or a busy internet sends, in a process of its own: ten times the events that are
// promised, from a server and from a page, and browsers that never finish their question.
// In: {origin, authorization, perSecond, size, sockets}, then {end: true}. Out: {answered}: how often
// each status came; how many events were taken; how many refusals named no time to come back at; how
// many sockets stood.
import http from 'node:http';
import net from 'node:net';
import process from 'node:process';

const answered = {};
let taken = 0;
let unsaid = 0;
const count = (status) => {
  answered[status] = (answered[status] ?? 0) + 1;
};
const note = ({ statusCode, headers }, events) => {
  count(statusCode);
  if (statusCode === 200) taken += events;
  else if (!(Number(headers['retry-after']) > 0)) unsaid += 1;
};
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
const standing = new Set();
let timer;
let drip;

function send({ origin, headers, batch, events }) {
  const request = http.request(`${origin}/api/crm/track/v1/batch`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', ...headers },
  });
  request.on('response', (answer) => {
    answer.resume();
    answer.on('end', () => note(answer, events));
  });
  request.on('error', (error) => count(error.code));
  request.end(batch);
}

const batchOf = (round, size, kind) =>
  JSON.stringify({
    batch: Array.from({ length: size }, (_, place) => ({
      type: 'track',
      event: 'Product Viewed',
      anonymousId: `flood-${kind}-${place}-${round % 97}`,
      properties: { product_id: `P-${place}` },
    })),
  });

function standHalfSent({ origin, sockets }) {
  const { hostname, port } = new URL(origin);
  for (let opened = 0; opened < sockets; opened += 1) {
    const socket = net.connect(Number(port), hostname);
    socket.on('error', () => standing.delete(socket));
    socket.on('close', () => standing.delete(socket));
    socket.write('POST /m/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n');
    standing.add(socket);
  }
  // A byte now and then, so that no side thinks that the other is gone.
  drip = setInterval(() => {
    for (const socket of standing) socket.write('X-A: b\r\n');
  }, 5_000);
}

function begin(command) {
  const { origin, authorization, perSecond, size, sockets } = command;
  standHalfSent({ origin, sockets });
  let round = 0;
  const every = (1000 * size) / perSecond;
  timer = setInterval(() => {
    round += 1;
    const ofServer = { events: size, batch: batchOf(round, size, 'server') };
    send({ origin, headers: { authorization }, ...ofServer });
    const page = { 'sec-fetch-site': 'same-origin' };
    send({ origin, headers: page, events: 1, batch: batchOf(round, 1, 'page') });
  }, every);
}

process.on('message', (command) => {
  if (!command.end) return begin(command);
  clearInterval(timer);
  clearInterval(drip);
  const stood = standing.size;
  for (const socket of standing) socket.destroy();
  agent.destroy();
  process.send({ answered, taken, unsaid, stood }, () => process.exit(0));
});
