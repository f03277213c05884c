import type { Locator } from 'playwright-core';

/** More than any screen has. */
const mostTabs = 80;

/** Goes there by Tab alone, as somebody without a mouse does, from where the focus is; or back, by Shift+Tab. */
export async function tabTo(target: Locator, by: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  const reached = target.and(target.page().locator('*:focus'));
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if ((await reached.count()) > 0) return;
    await target.page().keyboard.press(by);
  }
  throw new Error(`${String(target)} is not reached by ${by}`);
}

/** Goes there by Tab, and presses the key. */
export async function pressOn(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press(key);
}

/** Goes there by Tab, and types over what stands there. */
export async function typeInto(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('ControlOrMeta+a');
  await target.page().keyboard.type(text);
}
