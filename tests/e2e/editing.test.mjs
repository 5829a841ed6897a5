// Programs of one's own: errors in Go's words, and input that no program should be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programHash, useBrowser, withPage } from './harness.mjs';

useBrowser();

const main = (body) => `package main\n\nimport "fmt"\n\nfunc main() {\n${body}\n}\n`;

test('a pasted program with type errors: Go\'s words at their places, and nothing typed is lost', async () => {
  await withPage('', async (lockstep, page) => {
    const source = main('\tvar n int = "seven"\n\tfmt.Println(n + undefinedName)');
    await lockstep.paste(source);
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.waitFor();
    const text = await problems.innerText();
    assert.match(text, /6:14/);
    assert.match(text, /cannot use "seven" \(untyped string constant\) as int value in variable declaration/);
    assert.match(text, /7:18/);
    assert.match(text, /undefined: undefinedName/);
    assert.equal(await page.getByRole('textbox', { name: 'Go source' }).inputValue(), source);

    await lockstep.paste(main('\tvar n int = 7\n\tfmt.Println("n is", n)'));
    await problems.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await lockstep.runToEnd();
    assert.match(await page.locator('body').innerText(), /n is 7/);
  });
});

test('for {} leaves the page responsive and ends in the step limit', async () => {
  await withPage('', async (lockstep, page) => {
    await lockstep.paste('package main\n\nfunc main() {\n\tfor {\n\t}\n}\n');
    await page.keyboard.press('Escape');
    // A key pressed before the program stands there would still be the old one's.
    await page.getByText('start, line 3').waitFor();
    await page.keyboard.press('End');
    // While it runs, the page answers: a dialog opens and closes at once.
    const started = Date.now();
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: /programs/i });
    await dialog.waitFor({ timeout: 3_000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(Date.now() - started < 3_000, 'the page answered');
    // The sentence, not any text: the hidden list of programs has the word, too.
    await page.locator('#sentence').filter({ hasText: /limit/i }).waitFor({ timeout: 60_000 });
  });
});

const bad = {
  'two megabytes of source': main(`\tfmt.Println(1)\n//${'x'.repeat(2_000_000)}`),
  'binary': Array.from({ length: 4000 }, (_, n) => String.fromCharCode((n * 7919) % 256)).join(''),
  'a hundred thousand parentheses': main(`\tfmt.Println(${'('.repeat(100_000)}1${')'.repeat(100_000)})`),
  'a hundred thousand blocks': main('{'.repeat(100_000) + '}'.repeat(100_000)),
  'nothing': '',
  'prose': 'Dear Sir or Madam,\nplease run this.\n',
};
for (const [what, source] of Object.entries(bad)) {
  test(`bad input: ${what}`, async () => {
    await withPage('', async (lockstep, page) => {
      await lockstep.paste(source);
      if (what === 'two megabytes of source') {
        // Long, but a program all the same: it runs, or a message says that it is too long.
        await page.waitForFunction(() => !document.querySelector('#diagnostics')?.hidden || document.querySelector('[role=alert]')
          || document.querySelectorAll('.next button:not([disabled]):not(.back)').length > 0, undefined, { timeout: 20_000 });
      } else {
        await page.locator('#diagnostics li, [role=alert]').first().waitFor({ timeout: 20_000 });
        assert.ok((await page.locator('#diagnostics li, [role=alert]').first().innerText()).length > 5, 'a message in words');
      }
      const editor = page.getByRole('textbox', { name: 'Go source' });
      if (await editor.isVisible()) {
        const normal = (text) => text.replace(/\r\n?/g, '\n');
        assert.equal(normal(await editor.inputValue()), normal(source), 'nothing typed is lost');
      }
      // And the page goes on working.
      await lockstep.paste(main('\tfmt.Println("still here")'));
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('#diagnostics')?.hidden);
      await lockstep.runToEnd();
      assert.match(await page.locator('body').innerText(), /still here/);
    });
  });
}

test('editing dims the picture until the program runs again', async () => {
  await withPage(programHash('hand-over'), async (lockstep, page) => {
    await lockstep.source.getByRole('button', { name: 'Edit or paste' }).click();
    const editor = page.getByRole('textbox', { name: 'Go source' });
    await editor.fill((await editor.inputValue()).replace('hello', 'salut'));
    await page.locator('.stage.stale').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.stage:not(.stale)').waitFor();
    await page.keyboard.press('Escape');
    await lockstep.runToEnd();
    assert.match(await page.locator('body').innerText(), /salut/);
  });
});
