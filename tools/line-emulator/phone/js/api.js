/**
 * Calls the emulator's admin API.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 */
export async function call(method, path, body) {
  const response = await fetch(`/__emu/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) {
    const detail = answer.details?.[0];
    const where = detail?.property ? `${detail.property}: ${detail.message}` : '';
    throw new Error(where || answer.message || response.statusText);
  }
  return answer;
}

export const get = (path) => call('GET', path);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const remove = (path) => call('DELETE', path);
