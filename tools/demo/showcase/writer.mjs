// @ts-check
import { StopError } from '../../setup/stop-error.mjs';

const CONTENT = '/content-manager/collection-types';

/** @typedef {import('../admin-client.mjs').AdminClient} AdminClient */

/**
 * What an editor would click, each only once: what is already there under its name is left as
 * somebody may have changed it.
 *
 * @param {AdminClient} admin
 */
export function createWriter(admin) {
  /**
   * A rule, a plan, a test, a coupon: made by the plugin's own route, known by one field.
   *
   * @param {string} route
   * @param {Record<string, unknown>} input
   * @param {'name' | 'title'} [by]
   * @returns {Promise<{ row: { id: number, documentId: string, key: string, couponId: string }, made: boolean }>}
   */
  async function named(route, input, by = 'name') {
    const rows = await admin.ask('GET', route);
    const known = rows.find((/** @type {Record<string, unknown>} */ row) => row[by] === input[by]);
    if (known) return { row: known, made: false };
    return { row: await admin.ask('POST', route, input), made: true };
  }

  /**
   * An entry in both languages, found by one field. Returns its document id.
   *
   * @param {string} uid
   * @param {'slug' | 'key' | 'name'} by
   * @param {{ ja: Record<string, unknown>, en: Record<string, unknown> }} texts
   * @param {{ publish?: boolean }} [options]
   * @returns {Promise<{ documentId: string, made: boolean }>}
   */
  async function entry(uid, by, { ja, en }, { publish = false } = {}) {
    const filter = `filters[${by}][$eq]=${encodeURIComponent(String(ja[by]))}`;
    const [known] = await admin.ask('GET', `${CONTENT}/${uid}?locale=ja&${filter}`);
    if (known) return { documentId: known.documentId, made: false };
    const { documentId } = await admin.ask('POST', `${CONTENT}/${uid}?locale=ja`, ja);
    if (!documentId) throw new StopError(`${uid} ${String(ja[by])} was not made`);
    await admin.ask('PUT', `${CONTENT}/${uid}/${documentId}?locale=en`, en);
    for (const locale of publish ? ['ja', 'en'] : []) {
      const route = `${CONTENT}/${uid}/${documentId}/actions/publish?locale=${locale}`;
      await admin.ask('POST', route, locale === 'ja' ? ja : en);
    }
    return { documentId, made: true };
  }

  /**
   * An entry of a type without languages, found by its name.
   *
   * @param {string} uid
   * @param {{ name: string }} data
   */
  async function single(uid, data) {
    const filter = `filters[name][$eq]=${encodeURIComponent(data.name)}`;
    const [known] = await admin.ask('GET', `${CONTENT}/${uid}?${filter}`);
    if (!known) await admin.ask('POST', `${CONTENT}/${uid}`, data);
  }

  /**
   * A file of the media library, found by its name. Returns its id.
   *
   * @param {string} name
   * @param {string} type
   * @param {Buffer} bytes
   * @returns {Promise<number>}
   */
  async function file(name, type, bytes) {
    const filter = `filters[name][$eq]=${encodeURIComponent(name)}`;
    const [known] = await admin.ask('GET', `/upload/files?${filter}`);
    return known ? known.id : admin.upload(name, type, bytes);
  }

  return { named, entry, single, file };
}

/** @typedef {ReturnType<typeof createWriter>} Writer */
