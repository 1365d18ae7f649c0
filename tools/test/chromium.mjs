// @ts-check
import { findProgram, outputOf } from './programs.mjs';
import { installSystemPackages } from './system-packages.mjs';

const findChromium = () =>
  findProgram([
    process.env.CHROMIUM_PATH,
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]);

/**
 * The browser of the browser tests.
 *
 * @param {import('../setup/progress.mjs').Step} step
 * @returns {Promise<string>} its path
 */
export async function ensureChromium(step) {
  if (!findChromium()) {
    step.detail('installing');
    await installSystemPackages('Chromium', ['chromium'], 'brew install --cask chromium');
  }
  const program = findChromium();
  if (!program) throw new Error('chromium was installed but is not on PATH; set CHROMIUM_PATH');
  step.detail(outputOf(program, ['--version']).trim());
  return program;
}

/**
 * Fonts that can write Japanese: without them every screenshot is boxes.
 *
 * @param {import('../setup/progress.mjs').Step} step
 */
export async function ensureFonts(step) {
  if (process.platform !== 'linux') return;
  const families = () =>
    outputOf('fc-list', [':lang=ja', 'family'])
      .split('\n')
      .filter((line) => line !== '');
  if (families().length === 0) {
    step.detail('installing');
    await installSystemPackages('A font for Japanese', ['fonts-noto-cjk', 'fontconfig']);
  }
  const [family] = families();
  if (!family) throw new Error('no font for Japanese, though fonts-noto-cjk was installed');
  step.detail(family);
}
