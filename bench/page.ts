// How long the page takes from the address to a request that can be decided, in the system's Chromium, with nothing cached and
// with everything cached; beside it a bare document from the same gateway, as the floor.
import type { Browser, BrowserContext } from 'playwright-core';
import { launchChromium, withoutChromium } from '../test/support/chromium.ts';
import { startPageGateway } from '../test/support/page.ts';
import { type Bench, bounded } from './support/bounded.ts';
import { median, sized } from './support/rounds.ts';

const rounds = sized(7, 1);

await bounded(async (bench) => {
  if (withoutChromium !== false) return console.log(`page: ${withoutChromium}`);
  bench.step('the browser to start');
  const browser = await launchChromium();
  bench.after(() => browser.close());
  await measure(browser, bench);
});

async function measure(browser: Browser, bench: Bench): Promise<void> {
  bench.step('a gateway with a request that waits');
  const gateway = await startPageGateway(bench, browser);
  await gateway.askToWrite('report.txt');
  const state = await (await gateway.signedIn()).context().storageState();
  const show = (context: BrowserContext) => timeOf(context, `${gateway.publicUrl}/inbox`, 'Approve');
  const floor: number[] = [];
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.step('the page, three times');
    const context = await browser.newContext({ storageState: state });
    floor.push(await timeOf(context, `${gateway.publicUrl}/login`, 'Sign in'));
    cold.push(await show(context));
    warm.push(await show(context));
    await context.close();
  }
  const [least, first, again] = [median(floor), median(cold), median(warm)];
  const ms = (value: number) => `${Math.round(value)} ms`;
  console.log(
    `page: a bare document ${ms(least)}; the inbox ${ms(first)} (${ratio(first, least)}), again ${ms(again)} (${ratio(again, least)})`,
  );
}

/** Milliseconds until a button of this name can be seen, in a new window. */
async function timeOf(context: BrowserContext, url: string, button: string): Promise<number> {
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button', { name: button, exact: true }).waitFor();
  const ms = performance.now() - began;
  await page.close();
  return ms;
}

function ratio(ms: number, floor: number): string {
  return `${(ms / floor).toFixed(1)} times`;
}
