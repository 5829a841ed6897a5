// What the end-to-end tests share: one server for dist/, one browser, and the page as a person meets it.
//
// Every test opens its own page in a fresh browser context; when it ends, the console must be clean:
// no error, no warning, no exception, no request that failed.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../scripts/static-server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');
export const axePath = join(root, 'node_modules', 'axe-core', 'axe.min.js');
const programsFolder = join(root, 'static', 'programs');

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

let server;
let context;
let profile;

/** To be called once per test file: starts server and browser, stops them at the end. */
export function useBrowser({ base = '/' } = {}) {
  before(async () => {
    assert.ok(existsSync(join(dist, 'index.html')), 'dist/ is missing: run scripts/test, or trunk build --release');
    server = await serve(dist, { base });
    profile = mkdtempSync(join(tmpdir(), 'lockstep-chromium-'));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      viewport: { width: 1440, height: 900 },
    });
  });
  after(async () => {
    await context?.close();
    await server?.close();
    if (profile) rmSync(profile, { recursive: true, force: true });
  });
}

export const siteUrl = () => server.url;

/** A context of its own: no storage, no history shared with any other. */
export async function freshContext(options = {}) {
  return context.browser().newContext({ viewport: { width: 1440, height: 900 }, ...options });
}

/** Opens the page at `hash`, runs `body` with it, and holds the console to silence. */
export async function withPage(hash, body, { context: options, expectFailure } = {}) {
  const own = await freshContext(options);
  const page = await own.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed request: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  try {
    await page.goto(server.url + (hash ? `#${hash}` : ''));
    if (!expectFailure) await ready(page);
    await body(new Lockstep(page), page);
    assert.deepEqual(complaints, [], 'the console is clean');
  } finally {
    await own.close();
  }
}

export const ready = (page) => page.getByRole('region', { name: 'Stage' }).waitFor({ timeout: 20_000 });

/** The names of the catalogue's programs. */
export const programNames = () =>
  readdirSync(programsFolder).filter((file) => file.endsWith('.go')).map((file) => file.slice(0, -3)).sort();

export const programSource = (name) => readFileSync(join(programsFolder, `${name}.go`), 'utf8');

/** The address text of a catalogue program, as src/session/link.rs makes it. */
export function programHash(name) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(programSource(name))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `v1.p${name}~${hash.toString(16).padStart(8, '0')}`;
}

/** The page in a person's terms: what can be read and what can be done. */
export class Lockstep {
  constructor(page) {
    this.page = page;
    this.step = page.getByRole('region', { name: 'This step' });
    this.stage = page.getByRole('region', { name: 'Stage' });
    this.source = page.getByRole('region', { name: 'Source' });
  }

  sentence() {
    return this.page.locator('#sentence').innerText();
  }

  /** What can be chosen now: [{ who, text }], in the order of the number keys. */
  offers() {
    return this.step.getByRole('list', { name: 'Who runs next' }).evaluate((list) =>
      [...list.querySelectorAll('li:not([hidden]) > button:not([disabled]):not(.back)')].map((button) => ({
        who: button.querySelector('b')?.textContent ?? '',
        text: button.innerText.replace(/\s+/g, ' ').trim(),
      })),
    );
  }

  /** The disabled buttons' texts: who cannot go on, and why. */
  blocked() {
    return this.step.getByRole('list', { name: 'Who runs next' }).evaluate((list) =>
      [...list.querySelectorAll('button[disabled]')].map((button) => button.innerText.replace(/\s+/g, ' ').trim()),
    );
  }

  /** Where the page says it is, such as "step 3 of 9". */
  moment() {
    return this.stage.locator('.bar').innerText();
  }

  /** Chooses the first offer that `wanted` (a name or a predicate) takes; answers it, or undefined. */
  async choose(wanted, by = 'mouse') {
    const offers = await this.offers();
    const index = offers.findIndex((offer) => (typeof wanted === 'string' ? offer.who === wanted : wanted(offer)));
    if (index < 0) return undefined;
    const before = await this.moment();
    if (by === 'mouse') {
      await this.step.locator('.next button:not([disabled]):not(.back)').nth(index).click();
    } else {
      assert.ok(index < 9, 'only nine offers have keys');
      await this.page.keyboard.press(String(index + 1));
    }
    await this.page.waitForFunction(
      (before) => document.querySelector('[aria-label="Stage"] .bar')?.innerText !== before, before, { timeout: 5_000 });
    return offers[index];
  }

  /** Chooses `wanted` again and again until `until` holds or there is nothing left to choose. */
  async chooseUntil(wanted, until, by = 'mouse', limit = 60) {
    for (let n = 0; n < limit; n++) {
      if (await until()) return;
      if (!(await this.choose(wanted, by))) return;
    }
    assert.fail(`not reached within ${limit} steps: ${await this.sentence()}`);
  }

  async press(key) {
    const before = await this.moment();
    await this.page.keyboard.press(key);
    await this.page.waitForFunction(
      (before) => document.querySelector('[aria-label="Stage"] .bar')?.innerText !== before, before, { timeout: 5_000 });
  }

  /** Runs to the end of the program, whoever is next. */
  async runToEnd(by = 'mouse', limit = 400) {
    for (let n = 0; n < limit; n++) {
      if (!(await this.choose(() => true, by))) return;
    }
    assert.fail('the program does not end');
  }

  output() {
    return this.page.getByRole('region', { name: 'Output' }).innerText();
  }

  /** Puts a program of one's own into the editor and runs it. */
  async paste(source) {
    const edit = this.source.getByRole('button', { name: 'Edit or paste' });
    if (await edit.isVisible()) await edit.click();
    await this.page.getByRole('textbox', { name: 'Go source' }).fill(source);
    await this.page.keyboard.press('Control+Enter');
  }

  /** The address that the share dialog gives. */
  async shareLink() {
    await this.page.getByRole('button', { name: 'Share' }).click();
    const dialog = this.page.getByRole('dialog', { name: /share/i });
    const link = await dialog.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
    await this.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    return link;
  }
}
