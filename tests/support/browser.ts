/** Headless Chromium, driven by playwright-core. `npm test` installs Chromium where it is missing. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const SCREENSHOTS = path.resolve(__dirname, '..', '..', '.tmp', 'screenshots');

/** Background services of Chromium try to reach the internet, which a test machine may not have. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = CANDIDATES.find((file) => file && existsSync(file));
  if (!executablePath) throw new Error('No Chromium found: apt-get install chromium');
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath, args: QUIET });
}

export interface Visit {
  readonly locale?: 'ja-JP' | 'en-US';
  readonly width?: number;
  readonly height?: number;
}

/** A fresh browser profile: nobody is logged in. */
export async function newPerson(browser: Browser, visit: Visit = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: visit.locale ?? 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // Without "Headless", which the product rightly takes for a machine.
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
    viewport: { width: visit.width ?? 1280, height: visit.height ?? 900 },
  });
  context.setDefaultTimeout(60_000);
  return context;
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
