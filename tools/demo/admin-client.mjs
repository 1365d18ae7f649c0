// @ts-check
import { StopError } from '../setup/stop-error.mjs';

/**
 * What is read of Strapi's answers; every field may be missing in one of another kind.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {{ hasAdmin?: boolean, token?: string, accessKey?: string } & Partial<ImportResult>} data
 * @property {string} message of a refusal
 */

/**
 * @typedef {object} ImportResult
 * @property {number} created
 * @property {number} updated
 * @property {number} failed
 * @property {{ line: number, message: string }[]} errors
 */

/**
 * @param {string} site
 * @param {string} method
 * @param {string} route
 * @param {{ token?: string, json?: unknown, body?: Buffer | FormData, type?: string }} [options]
 * @returns {Promise<Answer>}
 */
async function call(site, method, route, { token, json, body, type } = {}) {
  // A form says itself where its parts begin.
  /** @type {Record<string, string>} */
  const kind = body instanceof FormData ? {} : { 'content-type': type ?? 'application/json' };
  const response = await fetch(`${site}${route}`, {
    method,
    headers: {
      ...kind,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: json === undefined ? body : JSON.stringify(json),
  });
  const text = await response.text();
  try {
    const answer = JSON.parse(text);
    const { data, error, ...whole } = answer;
    // A list of the Content Manager is called `results`; that of an upload stands bare.
    const found = Array.isArray(answer) ? answer : (data ?? whole.results ?? {});
    return { status: response.status, data: found, message: error?.message ?? '' };
  } catch {
    return { status: response.status, data: {}, message: text.slice(0, 300) };
  }
}

/**
 * @param {Answer} answer
 * @param {string} what
 */
function expectOk({ status, data, message }, what) {
  if (status >= 200 && status < 300) return data;
  throw new StopError(`${what}: the site answered ${status}: ${message}`);
}

/**
 * Makes the first admin where there is none, logs in, and answers calls with that login. What it uses
 * is what the admin's own screens use.
 *
 * @param {string} site
 * @param {{ email: string, password: string }} admin
 */
export async function createAdminClient(site, { email, password }) {
  const ask = async (
    /** @type {string} */ what,
    /** @type {Parameters<typeof call>} */ ...[origin, method, route, options]
  ) => expectOk(await call(origin, method, route, options), what);

  const { hasAdmin } = await ask('Admin', site, 'GET', '/admin/init');
  if (!hasAdmin) {
    const person = { email, password, firstname: '縁', lastname: '店長' };
    const { token } = await ask('First admin', site, 'POST', '/admin/register-admin', {
      json: person,
    });
    const language = { preferedLanguage: 'ja' };
    await ask('First admin', site, 'PUT', '/admin/users/me', { token, json: language });
  }
  const { token } = await ask(`Login of ${email}`, site, 'POST', '/admin/login', {
    json: { email, password },
  });

  return {
    /** A token for the content API that may do everything. */
    async createApiToken() {
      const json = {
        name: 'demo',
        description: 'npm run demo',
        type: 'full-access',
        lifespan: null,
      };
      const answer = await ask('API token', site, 'POST', '/admin/api-tokens', { token, json });
      return answer.accessKey ?? '';
    },
    /**
     * Any of the admin's own routes; answers with what stands under `data`, or the whole answer.
     *
     * @param {string} method
     * @param {string} route
     * @param {unknown} [json]
     * @returns {Promise<any>}
     */
    async ask(method, route, json) {
      return ask(`${method} ${route}`, site, method, route, { token, json });
    },
    /**
     * Into the media library; the id of the file.
     *
     * @param {string} name
     * @param {string} type
     * @param {Buffer} bytes
     * @returns {Promise<number>}
     */
    async upload(name, type, bytes) {
      const body = new FormData();
      body.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
      body.append('fileInfo', JSON.stringify({ name }));
      const files = /** @type {any} */ (
        await ask(`Upload of ${name}`, site, 'POST', '/upload', { token, body })
      );
      return files[0].id;
    },
    /**
     * @param {string} route
     * @param {Buffer} csv
     * @returns {Promise<ImportResult>}
     */
    async importCsv(route, csv) {
      const type = 'text/csv; charset=utf-8';
      const answer = await ask(`Import ${route}`, site, 'POST', route, { token, body: csv, type });
      return { created: 0, updated: 0, failed: 0, errors: [], ...answer };
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof createAdminClient>>} AdminClient */
