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
   * A rule, a plan, a test: made by the plugin's own route.
   *
   * @param {string} route
   * @param {{ name: string }} input
   * @returns {Promise<{ row: { id: number, documentId: string, key: string }, made: boolean }>}
   */
  async function named(route, input) {
    const rows = await admin.ask('GET', route);
    const known = rows.find((/** @type {{ name: string }} */ row) => row.name === input.name);
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

  return { named, entry };
}

/** @typedef {ReturnType<typeof createWriter>} Writer */
