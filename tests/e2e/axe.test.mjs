// Every program opens, can be stepped and stepped back; and axe-core finds nothing: on every program some
// steps in, light and dark; on the dialogs; on narrow pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axePath, programHash, programNames, useBrowser, withPage } from './harness.mjs';

useBrowser();

async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(async () => {
    // Colours are judged at rest, not in the middle of a transition.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`).join('; ')}`);
  });
  return found;
}

/** Both themes, one after the other. */
async function inBothThemes(page, what) {
  for (let n = 0; n < 2; n++) {
    const theme = page.getByRole('button', { name: /(light|dark) theme/i });
    assert.deepEqual(await violations(page), [], `${what}, ${(await theme.getAttribute('aria-label')) ?? ''} next`);
    await theme.click();
  }
}

const still = { context: { reducedMotion: 'reduce' } };

for (const name of programNames()) {
  test(`${name}: opens, steps, steps back, and axe finds nothing`, async () => {
    await withPage(programHash(name), async (lockstep, page) => {
      assert.ok((await lockstep.source.innerText()).includes(`${name}.go`), 'it is opened');
      assert.ok(await page.locator('#diagnostics').isHidden(), 'it compiles');
      const start = await lockstep.sentence();
      for (let n = 0; n < 10; n++) if (!(await lockstep.choose(() => true, 'keyboard'))) break;
      await inBothThemes(page, name);
      await lockstep.press('Home');
      assert.equal(await lockstep.sentence(), start, 'back at the start');
    }, still);
  });
}

test('axe: the deadlock on the stage', async () => {
  await withPage(programHash('dining-philosophers'), async (lockstep, page) => {
    await lockstep.chooseUntil('G1', async () => !(await lockstep.offers()).some(({ who }) => who === 'G1'));
    // Everyone once or twice: all left forks are taken, then everyone asks for the right one.
    for (let round = 0; round < 6 && (await lockstep.offers()).length > 0; round++) {
      for (let seat = 2; seat <= 6; seat++) await lockstep.choose(`G${seat}`);
    }
    assert.match(await lockstep.sentence(), /deadlock/i);
    await inBothThemes(page, 'deadlock');
  }, still);
});

test('axe: the dialogs', async () => {
  await withPage('', async (_, page) => {
    for (const open of ['Control+k', '?']) {
      await page.keyboard.press(open);
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await violations(page), [], `dialog of ${open}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await page.getByRole('button', { name: 'Share' }).click();
    assert.deepEqual(await violations(page), [], 'share dialog');
  }, still);
});

test('axe: the editor with problems', async () => {
  await withPage('', async (lockstep, page) => {
    await lockstep.paste('package main\n\nfunc main() { x }\n');
    await page.getByRole('list', { name: 'Problems' }).waitFor();
    await inBothThemes(page, 'problems');
  }, still);
});

for (const width of [1024, 768, 390, 320]) {
  test(`axe: ${width} px wide`, async () => {
    await withPage(programHash('worker-pool'), async (lockstep, page) => {
      for (let n = 0; n < 8; n++) await page.keyboard.press('ArrowRight');
      await inBothThemes(page, `${width} px`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    }, { context: { reducedMotion: 'reduce', viewport: { width, height: 800 } } });
  });
}
