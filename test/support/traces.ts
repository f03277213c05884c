import type { Page } from 'playwright-core';

/** Every place where a page shows something, or where a browser keeps something for it. */
const places = `(async () => {
  const keys = await caches.keys();
  return {
    document: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll('input, textarea, select')].map(({ value }) => value),
    title: document.title,
    address: location.href,
    history: history.state,
    cookies: document.cookie,
    window: window.name,
    localStorage: { ...localStorage },
    sessionStorage: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await Promise.all(keys.map(async (key) => (await (await caches.open(key)).keys()).map(({ url }) => url))),
    requests: performance.getEntriesByType('resource').map(({ name }) => name),
  };
})()`;

/** The places where the page shows or keeps a text, by name. */
export async function tracesOf(page: Page, text: string): Promise<string[]> {
  const found = await page.evaluate<Record<string, unknown>>(places);
  const cookies = await page.context().cookies();
  return Object.entries({ ...found, cookies })
    .filter(([, kept]) => JSON.stringify(kept ?? null).includes(JSON.stringify(text).slice(1, -1)))
    .map(([place]) => place);
}
