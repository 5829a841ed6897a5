// A person steps AB-BA into its deadlock by choosing goroutines, sees the cycle, goes back, chooses
// otherwise, and sees it complete: with the mouse, and with the keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programHash, useBrowser, withPage } from './harness.mjs';

useBrowser();

/** Chooses until G2 holds alice.mu and G3 holds bob.mu, and neither has asked for its second lock. */
async function oneLockEach(lockstep, by) {
  await lockstep.chooseUntil('G1', async () => !(await lockstep.offers()).some(({ who }) => who === 'G1'), by);
  // Line 22 locks the one side, line 23 the other.
  for (const who of ['G2', 'G3']) {
    const secondLock = async () =>
      (await lockstep.offers()).some((offer) => offer.who === who && /line 23/.test(offer.text));
    await lockstep.chooseUntil(who, secondLock, by);
  }
}

async function seesTheDeadlock(lockstep, page) {
  assert.match(await lockstep.sentence(), /deadlock/i, 'the sentence says deadlock');
  assert.deepEqual(await lockstep.offers(), [], 'nobody can run');
  const words = await page.locator('body').innerText();
  assert.match(words, /G([23]) waits for \S+\.mu, held by G[23], which waits for \S+\.mu, held by G\1/, 'the cycle stands in words');
  assert.ok((await lockstep.stage.locator('path.cycle').count()) >= 4, 'the cycle is drawn: two locks held, two waited for');
  assert.ok((await lockstep.stage.locator('[role=button][data-state=fault]').count()) >= 2, 'both goroutines are marked');
  assert.match(words, /all goroutines are asleep - deadlock!/, 'the console says what Go says');
}

async function goesAnotherWay(lockstep, page, by) {
  assert.equal(await lockstep.stage.locator('path.cycle').count(), 0, 'the cycle is gone from the picture');
  assert.ok((await lockstep.offers()).some(({ who }) => who === 'G2'), 'G2 can be chosen instead');
  await lockstep.chooseUntil('G2', async () => !(await lockstep.offers()).some(({ who }) => who === 'G2'), by);
  await lockstep.runToEnd(by);
  assert.match(await page.locator('body').innerText(), /alice 80 bob 120/, 'it completes and prints the balances');
  assert.doesNotMatch(await lockstep.sentence(), /deadlock/i);
}

test('AB-BA by mouse: into the deadlock, two steps back and one more, another choice, completed', async () => {
  await withPage(programHash('lock-order'), async (lockstep, page) => {
    await oneLockEach(lockstep, 'mouse');
    await lockstep.choose('G3');
    await lockstep.choose('G2');
    await seesTheDeadlock(lockstep, page);
    const back = page.getByRole('button', { name: /step back/i }).first();
    for (let n = 0; n < 2; n++) {
      const before = await lockstep.moment();
      await back.click();
      await page.waitForFunction((before) => document.querySelector('[aria-label="Stage"] .bar').innerText !== before, before);
    }
    assert.equal((await lockstep.offers()).length, 2, 'both can ask for their second lock again');
    // With one lock each there is no way out any more: it takes the step before, too.
    await back.click();
    await page.waitForFunction(() => document.querySelectorAll('.next button:not([disabled]):not(.back)').length >= 2);
    await goesAnotherWay(lockstep, page, 'mouse');
  });
});

test('AB-BA by keyboard alone', async () => {
  await withPage(programHash('lock-order'), async (lockstep, page) => {
    await oneLockEach(lockstep, 'keyboard');
    await lockstep.choose('G3', 'keyboard');
    await lockstep.choose('G2', 'keyboard');
    await seesTheDeadlock(lockstep, page);
    await lockstep.press('ArrowLeft');
    await lockstep.press('ArrowLeft');
    await lockstep.press('ArrowLeft');
    await goesAnotherWay(lockstep, page, 'keyboard');
  });
});

test('the way into the deadlock is kept and can be returned to', async () => {
  await withPage(programHash('lock-order'), async (lockstep, page) => {
    await oneLockEach(lockstep, 'keyboard');
    await lockstep.choose('G3', 'keyboard');
    await lockstep.choose('G2', 'keyboard');
    for (let n = 0; n < 3; n++) await lockstep.press('ArrowLeft');
    await goesAnotherWay(lockstep, page, 'keyboard');
    await page.getByRole('group', { name: /paths/i }).getByRole('button').first().click();
    await lockstep.press('End');
    await seesTheDeadlock(lockstep, page);
  });
});
