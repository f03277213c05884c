import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { pageSuite, signedIn } from '../support/page.ts';
import { type Populated, populated } from '../support/populated.ts';

/** Where pictures of the screens go, to be looked at. */
const folder = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each screen, and what stands there once it has everything. */
const screens: Readonly<
  Record<string, { readonly path: (here: Populated) => string; readonly shows: string }>
> = {
  inbox: { path: () => '/inbox', shows: '2 waiting' },
  request: {
    path: ({ pendingId }) => `/inbox/${pendingId}`,
    shows: 'Create a new file or completely overwrite',
  },
  history: { path: () => '/history', shows: 'read_note' },
  invocation: { path: ({ completedId }) => `/history/${completedId}`, shows: 'A note.' },
  sources: { path: () => '/sources', shows: 'read_text_file' },
  automations: { path: () => '/automations', shows: 'release notes' },
  automation: { path: ({ automationId }) => `/automations/${automationId}`, shows: 'read_text_file' },
  sessions: { path: () => '/sessions', shows: 'release-bot' },
  session: { path: ({ sessionId }) => `/sessions/${sessionId}`, shows: 'read_note' },
  'settings-you': { path: () => '/settings', shows: 'laptop' },
  'settings-preferences': { path: () => '/settings/preferences', shows: 'gone:action' },
  'settings-members': { path: () => '/settings/members', shows: 'kim@example.com' },
  'settings-secrets': { path: () => '/settings/secrets', shows: 'DOCS_TOKEN' },
  'settings-notifications': { path: () => '/settings/notifications', shows: 'http://127.0.0.1:9/hook' },
  device: { path: () => '/device', shows: 'As your command line shows it.' },
  'settings-about': { path: () => '/settings/about', shows: 'sqlite' },
};

const widths = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } } as const;

/** The dark page is the light one in other colours: what else axe asks has its answer already. */
const schemes = { light: {}, dark: { runOnly: ['color-contrast'] } } as const;

describe('every screen', { skip: withoutChromium }, () => {
  const pages = pageSuite();
  let here: Populated;
  before(async () => {
    mkdirSync(folder, { recursive: true });
    here = await populated(await pages.gateway(pages));
  });

  for (const [width, viewport] of Object.entries(widths)) {
    test(`${width}: nothing sticks out, and axe finds nothing serious, in light and in dark`, async (t) => {
      // The checker is put into the page by hand, past the policy that keeps others from it.
      const page = await signedIn(t, pages.browser, here.gateway, { viewport, bypassCSP: true });
      for (const [screen, { path, shows }] of Object.entries(screens)) {
        await page.goto(here.gateway.publicUrl + path(here));
        await page.getByText(shows).filter({ visible: true }).first().waitFor();
        await page.evaluate(axe);
        for (const [colorScheme, options] of Object.entries(schemes)) {
          const look = `${screen}-${width}-${colorScheme}`;
          await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'dark' : 'light' });
          // Buttons go over into their other colours.
          await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
          await page.screenshot({ path: join(folder, `${look}.png`) });
          const sticksOut = await page.evaluate<number>(
            'document.documentElement.scrollWidth - window.innerWidth',
          );
          assert.ok(sticksOut <= 0, `${look} sticks out by ${sticksOut} px`);
          assert.deepEqual(await seriousViolations(page, options), [], look);
        }
      }
    });
  }
});

async function seriousViolations(page: Page, options: object): Promise<string[]> {
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${asked})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
