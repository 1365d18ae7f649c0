// @ts-check

/** @typedef {{ detail(text: string): void }} Step */

/**
 * One line a step with its time: redrawn in place on a terminal, printed once elsewhere.
 *
 * @param {import('node:stream').Writable & { isTTY?: boolean, columns?: number }} stream
 */
export function createProgress(stream) {
  const live = stream.isTTY === true && !process.env.CI;
  const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

  /** @param {string} text */
  const redraw = (text) => {
    const width = (stream.columns ?? 80) - 1;
    stream.write(`\r\u001b[2K${text.length > width ? text.slice(0, width) : text}`);
  };

  return {
    /** @param {string} text */
    note(text) {
      stream.write(`${text}\n`);
    },
    /**
     * Runs one step; `work` may name what it is at.
     *
     * @template T
     * @param {string} title
     * @param {(step: Step) => Promise<T> | T} work
     * @returns {Promise<T>}
     */
    async step(title, work) {
      const since = Date.now();
      let detail = '';
      const draw = () => redraw(`  … ${title} ${detail} (${seconds(since)})`);
      const timer = live ? setInterval(draw, 250) : undefined;
      const finish = (/** @type {string} */ mark) => {
        clearInterval(timer);
        const line = `  ${mark} ${title}${detail ? ` · ${detail}` : ''} (${seconds(since)})`;
        if (live) stream.write('\r\u001b[2K');
        stream.write(`${line}\n`);
      };
      try {
        const result = await work({
          detail(text) {
            detail = text;
            if (live) draw();
          },
        });
        finish('✔');
        return result;
      } catch (error) {
        finish('✖');
        throw error;
      }
    },
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */
