// The programs of the catalogue as a person meets them: pool, pipeline, select, the picker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programHash, useBrowser, withPage } from './harness.mjs';

useBrowser();

test('the worker pool runs to its end and back to its start', async () => {
  await withPage(programHash('worker-pool'), async (lockstep, page) => {
    await page.keyboard.press('End');
    await page.getByText('50 jobs, sum of squares 42925').first().waitFor({ timeout: 20_000 });
    assert.match(await lockstep.moment(), /\d+ of \d+/);
    await lockstep.press('Home');
    assert.doesNotMatch(await page.locator('body').innerText(), /sum of squares 42925/, 'output is taken back too');
    for (let n = 0; n < 12; n++) await lockstep.choose(() => true, 'keyboard');
    assert.match(await lockstep.stage.innerText(), /jobs/, 'the channel has its name');
    assert.match(await lockstep.stage.innerText(), /worker/, 'the goroutines have theirs');
  });
});

test('the pipeline completes whatever is chosen', async () => {
  await withPage(programHash('pipeline'), async (lockstep, page) => {
    // Always the last offer: the goroutine that was started last goes first.
    for (let n = 0; n < 400; n++) {
      const offers = await lockstep.offers();
      if (offers.length === 0) break;
      await lockstep.choose((offer) => offer.text === offers.at(-1).text && offer.who === offers.at(-1).who);
    }
    assert.match(await page.locator('body').innerText(), /sum of squares: 285/);
  });
});

test('each ready case of a select is a button, and the chosen one is taken', async () => {
  for (const [colour, other] of [['red', 'blue'], ['blue', 'red']]) {
    await withPage(programHash('select-random'), async (lockstep, page) => {
      const cases = async () => (await lockstep.offers()).filter(({ text }) => /red|blue/.test(text));
      await lockstep.chooseUntil(() => true, async () => (await cases()).length >= 2 && (await cases()).every(({ text }) => /receive|case|←/i.test(text)), 'mouse', 20);
      assert.equal((await cases()).length, 2, 'both cases are offered');
      await lockstep.choose(({ text }) => text.includes(colour) && !text.includes(other));
      await lockstep.runToEnd();
      assert.match(await page.locator('body').innerText(), new RegExp(`(^|\\n)${colour}1 `), `${colour} was received first`);
    });
  }
});

test('blocked goroutines say why they cannot run', async () => {
  await withPage(programHash('hand-over'), async (lockstep) => {
    await lockstep.chooseUntil('G1', async () => !(await lockstep.offers()).some(({ who }) => who === 'G1'));
    assert.match((await lockstep.blocked()).join('; '), /G1.*greetings/, 'main waits for greetings');
  });
});

test('the picker finds a program by a word', async () => {
  await withPage('', async (lockstep, page) => {
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: /programs/i });
    await dialog.getByRole('searchbox').fill('barber');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.querySelector('[aria-label="Source"]').innerText.includes('sleeping-barber.go'));
    assert.ok((await lockstep.offers()).length > 0);
  });
});
