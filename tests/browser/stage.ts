/**
 * Where the story plays: `npm run demo`, fresh, in a folder of its own, and a browser. With
 * STORY_DEMO naming a file that holds the `--json` of a running demo, that one is used.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Browser } from 'playwright-core';

import { startDemo, summarySchema, type Demo, type DemoSummary } from '../demo/demo-process';
import { launchBrowser } from '../support/browser';

export interface Stage {
  readonly demo: DemoSummary;
  readonly browser: Browser;
  end(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const running = process.env.STORY_DEMO;
  if (running) {
    const browser = await launchBrowser();
    const demo = summarySchema.parse(JSON.parse(readFileSync(running, 'utf8')));
    return { demo, browser, end: () => browser.close() };
  }
  const folder = path.resolve(__dirname, '..', '..', '.tmp', 'story');
  rmSync(folder, { recursive: true, force: true });
  const started: Demo = startDemo(folder, ['--fresh', '--ports-from', '24300']);
  const demo = await started.ready();
  const browser = await launchBrowser();
  return {
    demo,
    browser,
    async end() {
      await browser.close();
      started.process.kill('SIGINT');
      await started.exited;
    },
  };
}
