// Key press to painted step with fifty goroutines on the stage. Measured and printed, not asserted:
// the time depends on the machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useBrowser, withPage } from './harness.mjs';

useBrowser();

const source = `package main

import (
	"fmt"
	"sync"
)

func worker(id int, jobs <-chan int, results chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for job := range jobs {
		results <- job * id
	}
}

func main() {
	jobs, results := make(chan int, 8), make(chan int, 8)
	var wg sync.WaitGroup
	for id := range 48 {
		wg.Add(1)
		go worker(id, jobs, results, &wg)
	}
	go func() {
		for job := range 200 {
			jobs <- job
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for result := range results {
		sum += result
	}
	fmt.Println(sum > 0)
}
`;

test('key press to painted step, 50 goroutines', async (t) => {
  await withPage('', async (lockstep, page) => {
    await lockstep.paste(source);
    await page.keyboard.press('Escape');
    await lockstep.chooseUntil('G1', async () => !(await lockstep.offers()).some(({ who }) => who === 'G1'), 'keyboard', 200);
    await page.evaluate(() => {
      window.taken = [];
      addEventListener('keydown', (event) => {
        const pressed = event.timeStamp;
        requestAnimationFrame(() => {
          const painted = new MessageChannel();
          painted.port1.onmessage = () => window.taken.push(performance.now() - pressed);
          painted.port2.postMessage(0);
        });
      }, { capture: true });
    });
    const presses = 120;
    for (let n = 0; n < presses; n++) {
      await lockstep.press('ArrowRight');
      await page.waitForFunction((n) => window.taken.length > n, n);
    }
    const taken = (await page.evaluate(() => window.taken)).sort((a, b) => a - b);
    assert.equal(taken.length, presses);
    const at = (part) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))].toFixed(1);
    t.diagnostic(`measured: key press to painted step at 50 goroutines: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
  });
});
