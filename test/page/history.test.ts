import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationRow } from '../../src/store/tables.ts';
import { withoutChromium } from '../support/chromium.ts';
import { historyRow, insertHistory } from '../support/history-rows.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import { narrow, type PageGateway, pageSuite } from '../support/page.ts';
import { poll } from '../support/poll.ts';

const minuteMs = 60_000;

describe('the history', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const list = (page: Page) => page.getByRole('region', { name: 'Requests', exact: true });
  const rows = (page: Page) => list(page).getByRole('listitem');
  const links = (page: Page) => list(page).getByRole('link');
  const idsOf = (page: Page) =>
    links(page).evaluateAll((all: readonly { readonly pathname: string }[]) =>
      all.map(({ pathname }) => pathname.slice(-36)),
    );
  /** Settles once exactly these are listed. */
  const lists = async (page: Page, ids: readonly string[]) => {
    let listed: string[] = [];
    const areListed = async () => {
      listed = await idsOf(page);
      return isDeepStrictEqual(listed, ids);
    };
    await poll('the rows', areListed).catch(() => assert.deepEqual(listed, ids));
  };
  const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

  const hasFocus = async (target: Locator) =>
    (await target.and(target.page().locator(':focus')).count()) === 1;

  /** Rows as they stand in the database, oldest first; gives their ids. */
  async function seed(gateway: PageGateway, changes: readonly Partial<InvocationRow>[]): Promise<string[]> {
    const made = changes.map((change) =>
      historyRow({
        organization_id: gateway.owner.organizationId,
        session_id: gateway.agent.id,
        source_id: `connector:${gateway.filesId}`,
        created_at: Date.now() - minuteMs,
        ...change,
      }),
    );
    await insertHistory(gateway.gateway.store, made);
    return made.map(({ id }) => id);
  }

  /** What the gateway itself says is on record, newest first. */
  async function recorded(gateway: PageGateway, query = ''): Promise<Invocation[]> {
    const { body } = await gateway.admin('GET', `/v1/invocations?limit=200${query}`);
    assert.equal(body.nextCursor, null);
    return body.invocations;
  }

  test('says that nothing was asked for, and then shows at once what is, and what becomes of it', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/history' });
    await page.getByText('Nothing has been asked for yet').waitFor();
    await page.getByRole('img', { name: 'Last 24 hours: nothing', exact: true }).waitFor();
    assert.equal(await page.title(), 'History · Assent');
    const id = await gateway.askToWrite('report.txt');
    await rows(page).getByText('Waiting', { exact: true }).waitFor();
    await gateway.admin('POST', `/v1/sessions/${gateway.agent.id}/actions/invocations/${id}/approve`, {});
    await rows(page).getByText('Completed', { exact: true }).waitFor();
    const missing = join(gateway.files, 'missing.txt');
    const { status, body } = await gateway.ask('read_text_file', { path: missing });
    assert.deepEqual([status, body.invocation.status], [200, 'failed']);
    const failed = rows(page).filter({ hasText: 'read_text_file' });
    await failed.getByText('Failed', { exact: true }).waitFor();
    const [one] = await recorded(gateway, '&status=failed');
    assert.ok(one?.error);
    await failed.getByText(one.error.slice(0, 40)).waitFor();
    await failed.getByText('nightly').waitFor();
    assert.match(await failed.innerText(), /files:[\s\S]*nightly[\s\S]*Read/);
    await page.getByRole('img', { name: 'Last 24 hours: 1 completed, 1 failed', exact: true }).waitFor();
    assert.deepEqual(
      await page.getByRole('list', { name: 'Counts by status' }).innerText(),
      'Completed\n1\nFailed\n1',
    );
    await page.getByText('These are all 2.').waitFor();
  });

  test('is looked through by the keyboard alone, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const hour = 60 * minuteMs;
    const [old = '', denied = '', needle = '', plain = ''] = await seed(gateway, [
      { created_at: Date.now() - 30 * hour, status: 'failed', error: 'needle, long ago' },
      { created_at: Date.now() - 5 * hour, status: 'denied', denied_reason: 'no needle', mode: 'deny' },
      { created_at: Date.now() - 4 * hour, params: '{"content":"a Needle"}', result: '{"ok":true}' },
      { created_at: Date.now() - 3 * hour },
    ]);
    const viewport = narrow;
    const page = await gateway.signedIn({ viewport, path: '/history' });
    await lists(page, [plain, needle, denied, old]);
    const press = (key: string) => page.keyboard.press(key);

    await press('/');
    await page.keyboard.type('needle jjk');
    for (let typed = 0; typed < 4; typed++) await press('Backspace');
    await press('Enter');
    await lists(page, [needle, denied, old]);
    assert.deepEqual(searchOf(page), { text: 'needle' });
    assert.equal(await hasFocus(page.getByRole('searchbox')), true);
    await page.goBack();
    await lists(page, [plain, needle, denied, old]);
    assert.equal(await page.getByRole('searchbox').inputValue(), '');
    await page.goForward();
    await lists(page, [needle, denied, old]);

    const filters = page.getByRole('button', { name: /^Filters/ });
    await pressOn(filters);
    const time = page.getByRole('combobox', { name: 'Time' });
    await tabTo(time);
    await press('ArrowDown');
    await page.waitForURL((url) => url.searchParams.get('last') === '1h');
    await press('ArrowDown');
    await page.waitForURL((url) => url.searchParams.get('last') === '24h');
    await lists(page, [needle, denied]);
    await typeInto(page.getByRole('combobox', { name: 'Status' }), 'D');
    await lists(page, [denied]);
    assert.deepEqual(searchOf(page), { text: 'needle', status: 'denied', last: '24h' });
    await page.getByRole('button', { name: 'Filters (2)' }).waitFor();
    await pressOn(page.getByRole('button', { name: 'Clear filters' }));
    await lists(page, [plain, needle, denied, old]);

    await press('j');
    await press('j');
    await press('j');
    await press('k');
    assert.equal(await hasFocus(links(page).nth(1)), true);
    await press('Enter');
    await page.waitForURL(`${gateway.publicUrl}/history/${needle}`);
    await page.getByRole('heading', { level: 1, name: /change/ }).waitFor();
    await press('r');
    await page.getByText('"content": "a Needle"').waitFor();
    await press('r');
    await page.getByText('"content": "a Needle"').waitFor({ state: 'detached' });
    await page.goBack();
    await lists(page, [plain, needle, denied, old]);
  });

  test('its chart is told in words, and gone through by the arrow keys', async (t) => {
    const gateway = await pages.organization(t);
    const at = (hours: number) => ({ created_at: Date.now() - hours * 60 * minuteMs });
    await seed(gateway, [{ ...at(30) }, { ...at(5), status: 'denied' }, at(3)]);
    const page = await gateway.signedIn({ path: '/history' });
    const summary = 'Last 24 hours: 1 completed, 1 denied';
    await page.getByRole('img', { name: summary, exact: true }).waitFor();
    const slider = page.getByRole('slider', { name: 'Part of the time' });
    await tabTo(slider);
    const told: string[] = [];
    for (let part = 0; part < 48; part++) {
      told.push((await slider.getAttribute('aria-valuetext')) ?? '');
      await page.keyboard.press('ArrowLeft');
    }
    assert.equal(new Set(told).size, 48);
    // From the newest back.
    const counts = told.map((text) => text.split(': ')[1]).filter((text) => text !== 'nothing');
    assert.deepEqual(counts, ['1 completed', '1 denied']);
    await page.getByText(told.at(-1) ?? '').waitFor();
    await page.keyboard.press('End');
    await page.getByText(told[0] ?? '').waitFor();
    // Nobody types there: the keys of the screen work.
    await page.keyboard.press('j');
    assert.equal(await hasFocus(links(page).first()), true);
  });

  test('filters stand in the address, live through reload and Back, and the export is what they show', async (t) => {
    const gateway = await pages.organization(t);
    const other = await gateway.session(gateway.ownerToken, { name: 'release-bot' });
    const failed = { status: 'failed' } as const;
    const longAgo = Date.UTC(2026, 0, 15, 12);
    const ids = await seed(gateway, [
      { ...failed, created_at: longAgo },
      { ...failed, created_at: Date.now() - 3 * 60 * minuteMs },
      { ...failed, session_id: other.id },
      { ...failed, source_id: 'gone' },
      {},
      { ...failed },
    ]);
    const [oldest = '', older = '', , , , newest = ''] = ids;
    const all = ids.toReversed();
    const page = await gateway.signedIn({
      path: '/history',
      timezoneId: 'America/New_York',
    });
    const select = (name: string, label: string) =>
      page.getByRole('combobox', { name, exact: true }).selectOption({ label });
    await lists(page, all);
    await select('Status', 'Failed');
    await select('Source', 'files');
    await select('Session', `nightly (${gateway.agent.id.slice(-6)})`);
    await lists(page, [newest, older, oldest]);
    await select('Time', 'Last hour');
    await lists(page, [newest]);
    const narrowed = {
      status: 'failed',
      sourceId: `connector:${gateway.filesId}`,
      sessionId: gateway.agent.id,
      last: '1h',
    };
    assert.deepEqual(searchOf(page), narrowed);
    await page.getByRole('img', { name: 'Last hour: 1 failed', exact: true }).waitFor();
    await page.reload();
    await lists(page, [newest]);
    assert.deepEqual(searchOf(page), narrowed);
    await page.goBack();
    await lists(page, [newest, older, oldest]);
    assert.equal(await page.getByRole('combobox', { name: 'Time' }).inputValue(), '');

    await select('Time', 'From … to …');
    const range = page.getByRole('form', { name: 'From and to' });
    await range.getByLabel('From').fill('2026-01-15T08:00');
    await range.getByLabel('To').fill('2026-01-15T06:30');
    await range.getByRole('button', { name: 'Apply' }).click();
    await range.getByRole('alert').getByText('It must end after it begins.').waitFor();
    await range.getByLabel('From').fill('2026-01-15T06:30');
    await range.getByLabel('To').fill('2026-01-15T07:30');
    await range.getByRole('button', { name: 'Apply' }).press('Enter');
    await lists(page, [oldest]);
    const { from, to } = searchOf(page);
    assert.deepEqual([from, to], ['2026-01-15T11:30:00.000Z', '2026-01-15T12:30:00.000Z']);
    assert.equal(await hasFocus(range.getByRole('button', { name: 'Apply' })), true);

    await page.goBack();
    await lists(page, [newest, older, oldest]);
    const downloading = page.waitForEvent('download');
    await pressOn(page.getByRole('button', { name: 'Export as JSON Lines' }));
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^assent-history-\d{4}-\d\d-\d\d\.jsonl$/);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    const { last: _, ...kept } = narrowed;
    const listed = await recorded(gateway, `&${new URLSearchParams(kept).toString()}`);
    assert.equal(listed.length, 3);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      listed,
    );
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await lists(page, all);
    assert.deepEqual(searchOf(page), {});
  });

  test('what makes no sense in an address is left out, and what is not there is said', async (t) => {
    const gateway = await pages.organization(t);
    const ids = await seed(gateway, [{}, { status: 'expired' }]);
    const page = await gateway.signedIn();
    const refused: string[] = [];
    page.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
    const open = (query: string) => page.goto(`${gateway.publicUrl}/history?${query}`);
    const nonsense = [
      'status=bogus&sourceId=%00&sessionId=1&last=9y&from=yesterday&to=2026',
      `text=${'x'.repeat(201)}&status=__proto__&last=constructor&from=2026-13-01T00:00:00Z`,
      'status=%5B%5D&sessionId=%7B%7D&text=%0A&text=%5B1%5D&cursor=x&limit=9999',
    ];
    for (const query of nonsense) {
      await open(query);
      await lists(page, ids.toReversed());
      assert.equal(await page.getByRole('button', { name: 'Clear filters' }).count(), 0);
    }
    // Longer than what an id of this moment may have in it.
    await open('text=424242424242');
    await page.getByText('Nothing matches').waitFor();
    assert.equal(await page.getByRole('searchbox').inputValue(), '424242424242');
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await lists(page, ids.toReversed());
    assert.deepEqual(refused, []);
    const stranger = await gateway.person('owner', await gateway.organization());
    const theirs = await gateway.session(stranger.token);
    await open(`sessionId=${theirs.id}`);
    const { body } = await gateway.call('GET', `/v1/invocations?sessionId=${theirs.id}`, {
      token: gateway.ownerToken,
    });
    assert.equal(body.error.code, 'not_found');
    await page.getByRole('alert').getByText(body.error.message).first().waitFor();
  });

  test('pages follow without a gap, also after one failed, and what is new waits to be shown', async (t) => {
    const gateway = await pages.organization(t);
    // Three pages; every second row shares its moment with the one before.
    const start = Date.now() - 60 * minuteMs;
    const ids = await seed(
      gateway,
      Array.from({ length: 120 }, (_, row) => ({ created_at: start + Math.floor(row / 2) })),
    );
    const page = await gateway.signedIn({ path: '/history' });
    const newestFirst = ids.toReversed();
    await lists(page, newestFirst.slice(0, 50));
    const message = 'Something went wrong here.';
    await page.route(
      (url) => url.searchParams.has('cursor'),
      (route) => route.fulfill({ status: 500, json: { error: { code: 'internal', message } } }),
      { times: 1 },
    );
    await page.keyboard.press('j');
    await page.keyboard.press('End');
    const alert = list(page).getByRole('alert');
    await alert.getByText(message).waitFor();
    assert.deepEqual(await idsOf(page), newestFirst.slice(0, 50));
    await pressOn(alert.getByRole('button', { name: 'Try again' }));
    await lists(page, newestFirst.slice(0, 100));
    const { invocation } = (await gateway.ask('list_allowed_directories', {})).body;
    const showNew = page.getByRole('button', { name: '1 new; show' });
    await showNew.waitFor();
    await page.keyboard.press('End');
    await page.getByText('These are all 120.').waitFor();
    assert.deepEqual(await idsOf(page), newestFirst);
    await pressOn(showNew);
    await lists(page, [invocation.id, ...newestFirst.slice(0, 49)]);
    assert.equal(await page.evaluate('window.scrollY'), 0);
  });

  test('a text is looked for to the end by itself, stops when told to, and goes on', async (t) => {
    const gateway = await pages.organization(t);
    const start = Date.now() - 60 * minuteMs;
    // The gateway looks through ten thousand at once.
    const ids = await seed(
      gateway,
      Array.from({ length: 20_500 }, (_, row) => ({
        created_at: start + row,
        ...((row === 3 || row === 15_000) && { result: '{"note":"A NEEDLE"}' }),
      })),
    );
    const [oldest = '', newer = ''] = [ids[3], ids[15_000]];
    const page = await gateway.signedIn({ path: '/history?text=needle' });
    await lists(page, [newer, oldest]);
    await page.getByText('These are all 2.').waitFor();

    const held = Promise.withResolvers<void>();
    const asked: string[] = [];
    await page.route(
      (url) => url.searchParams.has('cursor'),
      async (route) => {
        asked.push(route.request().url());
        await held.promise;
        await route.continue();
      },
    );
    await page.goto(`${gateway.publicUrl}/history?text=needle`);
    const said = page.getByRole('status').filter({ hasText: 'Searched back to' });
    await said.waitFor();
    assert.equal(
      await said.getByRole('time').getAttribute('datetime'),
      new Date(start + 10_500).toISOString(),
    );
    await pressOn(page.getByRole('button', { name: 'Stop' }));
    held.resolve();
    const further = page.getByRole('button', { name: 'Search further back' });
    await poll('the second answer', async () => (await further.getAttribute('aria-busy')) === null);
    await page.locator(`time[datetime="${new Date(start + 500).toISOString()}"]`).waitFor();
    await lists(page, [newer]);
    assert.equal(asked.length, 1);
    await pressOn(further);
    await lists(page, [newer, oldest]);
    await page.getByText('These are all 2.').waitFor();
  });
});
