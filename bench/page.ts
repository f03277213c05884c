// How long the page takes from the address to a request that can be decided, in the system's Chromium, with nothing cached and
// with everything cached; beside it a bare document from the same gateway, as the floor.
import type { Browser, BrowserContext } from 'playwright-core';
import { launchChromium, withoutChromium } from '../test/support/chromium.ts';
import { CleanupStack } from '../test/support/cleanup-stack.ts';
import { startPageGateway } from '../test/support/page.ts';

const rounds = 7;

if (withoutChromium !== false) {
  console.log(`page: ${withoutChromium}`);
} else {
  const ends = new CleanupStack();
  const browser = await launchChromium();
  try {
    await measure(browser, ends);
  } finally {
    await ends.close();
    await browser.close();
  }
}

async function measure(browser: Browser, ends: CleanupStack): Promise<void> {
  const gateway = await startPageGateway(ends, browser);
  await gateway.askToWrite('report.txt');
  const state = await (await gateway.signedIn()).context().storageState();
  const show = (context: BrowserContext) => timeOf(context, `${gateway.publicUrl}/inbox`, 'Approve');
  const floor: number[] = [];
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ storageState: state });
    floor.push(await timeOf(context, `${gateway.publicUrl}/login`, 'Sign in'));
    cold.push(await show(context));
    warm.push(await show(context));
    await context.close();
  }
  const [least, first, again] = [median(floor), median(cold), median(warm)];
  console.log(
    `page: a bare document ${least} ms; the inbox ${first} ms (${ratio(first, least)}), again ${again} ms (${ratio(again, least)})`,
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

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

function ratio(ms: number, floor: number): string {
  return `${(ms / floor).toFixed(1)} times`;
}
