// The address is the state: a link opens in another browser at the same step; a bad one does no harm.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { Lockstep, freshContext, programHash, ready, siteUrl, useBrowser, withPage } from './harness.mjs';

useBrowser({ base: '/course/week-3/' });

async function opensElsewhere(link, expected) {
  const elsewhere = await freshContext();
  try {
    const page = await elsewhere.newPage();
    await page.goto(link);
    await ready(page);
    const other = new Lockstep(page);
    await page.waitForFunction((text) => document.querySelector('#sentence')?.innerText === text, expected.sentence, { timeout: 10_000 });
    assert.equal(await other.moment(), expected.moment, 'the same step of as many');
    assert.deepEqual(await other.offers(), expected.offers, 'the same choices');
  } finally {
    await elsewhere.close();
  }
}

const state = async (lockstep) => ({
  sentence: await lockstep.sentence(),
  moment: await lockstep.moment(),
  offers: await lockstep.offers(),
});

test('a shared step opens in a fresh browser at that very step', async () => {
  await withPage(programHash('lock-order'), async (lockstep) => {
    for (const who of ['G1', 'G1', 'G1', 'G3', 'G2', 'G3', 'G2']) await lockstep.choose(who);
    const link = await lockstep.shareLink();
    assert.ok(link.startsWith(siteUrl()), 'the link keeps the folder the page is served from');
    await opensElsewhere(link, await state(lockstep));
  });
});

test('a shared program of one\'s own travels in the link', async () => {
  await withPage('', async (lockstep, page) => {
    await lockstep.paste('package main\n\nimport "fmt"\n\nfunc main() {\n\tch := make(chan string, 2)\n\tch <- "äöü → 世界"\n\tch <- "second"\n\tfmt.Println(<-ch)\n}\n');
    await page.keyboard.press('Escape');
    for (let n = 0; n < 2; n++) await lockstep.choose(() => true);
    await opensElsewhere(await lockstep.shareLink(), await state(lockstep));
  });
});

test('the address in the address bar is the shared one', async () => {
  await withPage(programHash('pipeline'), async (lockstep, page) => {
    for (let n = 0; n < 8; n++) await lockstep.choose(() => true);
    await page.waitForTimeout(1_000);
    await opensElsewhere(page.url(), await state(lockstep));
  });
});

const bomb = `v1.s${deflateRawSync(Buffer.alloc(50_000_000, 'a')).toString('base64url')}.e0`;
const malformed = {
  'cut off': programHash('lock-order').slice(0, -5),
  'not a link': 'hello%20world',
  'a later version': 'v99.pfoo',
  'damaged base64': 'v1.s!!!!.e3',
  'damaged deflate': 'v1.sAAAABBBBCCCC.e3',
  'an unknown program': 'v1.pno-such-program~00000000',
  'a cursor beyond all bounds': `${programHash('hand-over')}.e99999999999999999999`,
  'a schedule of nonsense': `${programHash('hand-over')}.tzzz-zzz-zzz.e7`,
  'a zip bomb': bomb,
};
for (const [what, hash] of Object.entries(malformed)) {
  test(`a malformed link: ${what}`, async () => {
    await withPage(hash, async (lockstep, page) => {
      await page.getByRole('alert').first().waitFor({ timeout: 10_000 });
      assert.ok((await page.getByRole('alert').first().innerText()).length > 10, 'a clear message');
      assert.ok((await lockstep.offers()).length > 0, 'and a program to step through');
      assert.ok(await lockstep.choose(() => true), 'the page works');
    });
  });
}

test('a link of ten megabytes', async () => {
  await withPage('', async (lockstep, page) => {
    // Chromium itself cuts addresses at 2 MB; what reaches the page through script must do no harm.
    await page.evaluate(() => { location.hash = `v1.s${'A'.repeat(10_000_000)}`; }).catch(() => {});
    await page.waitForTimeout(500);
    assert.ok(await lockstep.choose(() => true), 'the page works');
  });
  await withPage(`v1.s${'A'.repeat(1_900_000)}`, async (lockstep, page) => {
    await page.getByRole('alert').first().waitFor({ timeout: 10_000 });
    assert.match(await page.getByRole('alert').first().innerText(), /too long/);
    assert.ok(await lockstep.choose(() => true), 'the page works');
  });
});

test('the page works in a frame without an origin of its own', async () => {
  await withPage('', async (_, page) => {
    await page.evaluate((hash) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.src = `${location.href.split('#')[0]}#${hash}`;
      frame.title = 'embedded';
      frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;z-index:99';
      document.body.append(frame);
    }, programHash('lock-order'));
    const frame = page.frameLocator('iframe[title=embedded]');
    await frame.getByRole('region', { name: 'Stage' }).waitFor({ timeout: 15_000 });
    await frame.locator('.next button:not([disabled])').first().click();
    await frame.locator('#sentence').waitFor();
  });
});
