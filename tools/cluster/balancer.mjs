// @ts-check
import http from 'node:http';

const LOOK_MS = 1_000;

/**
 * @typedef {object} Node
 * @property {string} name
 * @property {number} port
 */

/** @param {number} port */
const isHealthy = (port) =>
  fetch(`http://127.0.0.1:${port}/_health`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.ok,
    () => false,
  );

/** @param {http.IncomingMessage} request @param {Node} node */
function forwarded(request, node) {
  return {
    ...request.headers,
    // What a visitor sends of these is not true.
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': request.headers.host ?? '',
    'x-node': node.name,
  };
}

/** @param {http.ServerResponse} response */
function sayNobody(response) {
  if (!response.headersSent) response.writeHead(503, { 'content-type': 'text/plain' });
  response.end('No node answers.\n');
}

/**
 * Sends each request to the next node that is well. A node that cannot be reached is left out, and
 * a request without a body is given to another; the answer says who gave it (`x-served-by`).
 *
 * @param {readonly Node[]} nodes
 */
export function createBalancer(nodes) {
  /** @type {Set<Node>} */
  const well = new Set(nodes);
  let turn = 0;
  const next = () => {
    const list = nodes.filter((node) => well.has(node));
    turn += 1;
    return list[turn % Math.max(1, list.length)];
  };

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  const pass = (request, response) => {
    const node = next();
    if (!node) return sayNobody(response);
    const onward = http.request({
      host: '127.0.0.1',
      port: node.port,
      method: request.method,
      path: request.url,
      headers: forwarded(request, node),
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-served-by': node.name });
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => {
      well.delete(node);
      const isSafe = request.method === 'GET' || request.method === 'HEAD';
      if (isSafe && !response.headersSent) pass(request, response);
      else if (response.headersSent) response.destroy();
      else sayNobody(response);
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };

  const server = http.createServer(pass);
  const looking = setInterval(() => {
    for (const node of nodes) {
      void isHealthy(node.port).then((answer) => (answer ? well.add(node) : well.delete(node)));
    }
  }, LOOK_MS);
  looking.unref();

  return {
    /** @param {number} port @returns {Promise<void>} */
    listen: (port) => new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve())),
    stop() {
      clearInterval(looking);
      server.closeAllConnections();
      server.close();
    },
  };
}
