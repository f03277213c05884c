import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { InvocationRow } from '../../src/store/tables.ts';
import { withoutChromium } from '../support/chromium.ts';
import { historyRow, insertHistory } from '../support/history-rows.ts';
import { pressOn } from '../support/keyboard.ts';
import { narrow, type PageGateway, pageSuite } from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { pasted } from '../support/shell.ts';
import { tracesOf } from '../support/traces.ts';

describe('the page of one request', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const statusOf = async (gateway: PageGateway, id: string) =>
    (await gateway.admin('GET', `/v1/invocations/${id}`)).body.invocation.status;

  /** One as it stands in the database; gives its id. */
  async function seed(gateway: PageGateway, change: Partial<InvocationRow>): Promise<string> {
    const row = historyRow({
      organization_id: gateway.owner.organizationId,
      session_id: gateway.agent.id,
      created_at: Date.now() - 60_000,
      ...change,
    });
    await insertHistory(gateway.gateway.store, [row]);
    return row.id;
  }

  async function open(page: Page, gateway: PageGateway, id: string): Promise<void> {
    await page.goto(`${gateway.publicUrl}/history/${id}`);
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await page.getByText('opened by').waitFor();
  }

  /** The sentences of the timeline, without their moments. */
  async function story(page: Page): Promise<string[]> {
    const happened = page.locator('section').filter({
      has: page.getByRole('heading', { name: 'What happened' }),
    });
    const steps = await happened.getByRole('listitem').allInnerTexts();
    return steps.map((step) => step.split('\n')[0]?.replace(/[\d.]+ m?s\b/g, '…') ?? '');
  }

  const decide = (gateway: PageGateway, id: string, verb: 'approve' | 'deny', body = {}) =>
    gateway.admin('POST', `/v1/sessions/${gateway.agent.id}/actions/invocations/${id}/${verb}`, body);

  test('tells the whole story, however it ended', async (t) => {
    let now = Date.now();
    const gateway = await pages.gateway(t, { clock: () => now });
    const key = encodeURIComponent(`connector:${gateway.filesId}:write_file`);
    const completed = await gateway.askToWrite('a.txt', 'By an agent.');
    now += 3000;
    await decide(gateway, completed, 'approve');
    const denied = await gateway.askToWrite('b.txt');
    await decide(gateway, denied, 'deny', { reason: 'not on a Friday' });
    const expired = await gateway.askToWrite('c.txt');
    await gateway.admin('PUT', `/v1/action-modes/${key}`, { mode: 'deny' });
    const byPolicy = (await gateway.ask('write_file', { path: '/x', content: '' })).body.invocation.id;
    const { invocation: failed } = (await gateway.ask('read_text_file', { path: '/nowhere' })).body;
    now += 6 * 60_000;
    await poll('the end of what waits', async () => (await statusOf(gateway, expired)) === 'expired');
    const [notRun, unknown] = [
      await seed(gateway, { status: 'failed', error: 'interrupted_before_execution' }),
      await seed(gateway, { status: 'failed', error: 'interrupted_outcome_unknown', started_at: now }),
    ];

    const page = await gateway.signedIn();
    const asked = 'Asked by nightly, opened by Owner.';
    const says = (text: string) => page.getByText(text).first().waitFor();
    await open(page, gateway, completed);
    assert.deepEqual(await story(page), [
      asked,
      'Approved by Owner, after ….',
      'Started.',
      'Completed after ….',
    ]);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'files:write_file');
    await says('inferred from its risk');
    await says('Successfully wrote to');
    await open(page, gateway, denied);
    assert.deepEqual(await story(page), [asked, 'Denied by Owner, after ….']);
    await says('A person denied it, and it was not run.');
    await says('not on a Friday');
    await open(page, gateway, expired);
    assert.deepEqual(await story(page), [asked, 'Nobody decided in time, after ….']);
    await says('Nobody decided in time, and nothing was done. The agent may ask again.');
    await open(page, gateway, byPolicy);
    assert.deepEqual(await story(page), [asked, 'Denied by policy: set for the organization.']);
    await says('It was not allowed, and not run.');
    await open(page, gateway, failed.id);
    assert.deepEqual(await story(page), [
      asked,
      'Allowed at once: inferred from its risk.',
      'Started.',
      'Failed after ….',
    ]);
    await says('It failed.');
    await says(failed.error);
    await open(page, gateway, notRun);
    await says('It was not run.');
    await open(page, gateway, unknown);
    await says('It may have been done.');
  });

  test('while it waits, it leads to where it is decided, and shows at once what came of it', async (t) => {
    const gateway = await pages.organization(t);
    const id = await gateway.askToWrite('report.txt');
    const member = await gateway.person('member');
    const others = await gateway.signedIn({ token: member.token });
    await open(others, gateway, id);
    assert.deepEqual(
      (await story(others))[1]?.replace(/until .*/, 'until'),
      'Waits for a person to decide, until',
    );
    assert.equal(await others.getByRole('link', { name: 'Decide in the inbox' }).count(), 0);
    const page = await gateway.signedIn({ viewport: narrow });
    await open(page, gateway, id);
    await pressOn(page.getByRole('link', { name: 'Decide in the inbox' }));
    await page.waitForURL(`${gateway.publicUrl}/inbox/${id}`);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Approved, and done' }).waitFor();
    await others.getByText('Approved by').waitFor();
    await others.getByText('Successfully wrote to').first().waitFor();
  });

  test('is copied as JSON, and as a command that asks for exactly the same, whatever stands in it', async (t) => {
    const gateway = await pages.organization(t);
    const key = encodeURIComponent(`connector:${gateway.filesId}:write_file`);
    await gateway.admin('PUT', `/v1/action-modes/${key}`, { mode: 'allow' });
    const pwned = join(gateway.files, 'pwned');
    const content = `it's "so"; $(touch ${pwned}) \`touch ${pwned}\` \\ \u0007\u001b[201~\n\ttouch ${pwned}\r\u202e é 🙂 --params {}`;
    const path = join(gateway.files, "-an 'odd' name.txt");
    const { invocation } = (await gateway.ask('write_file', { path, content })).body;
    const page = await gateway.signedIn({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const copied = async (name: string) => {
      await pressOn(page.getByRole('button', { name }));
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      return page.evaluate<string>('navigator.clipboard.readText()');
    };
    await open(page, gateway, invocation.id);
    const json = await copied('Copy as JSON');
    const stored = (await gateway.admin('GET', `/v1/invocations/${invocation.id}`)).body.invocation;
    assert.deepEqual(JSON.parse(json), stored);
    await page.getByRole('button', { name: 'Copy as JSON' }).waitFor();
    const command = await copied('Copy as CLI command');
    assert.match(command, /^assent actions run connector:/);
    assert.doesNotMatch(command, /[\p{Cc}\p{Cf}]/u);
    const variables = `ASSENT_GATEWAY_URL=${gateway.publicUrl} ASSENT_SESSION_ID=${gateway.agent.id} ASSENT_TOKEN=${gateway.agent.token}`;
    const ran = await pasted(`export ${variables}\n${command}`);
    assert.equal(ran.code, 0, ran.stderr);
    const [again, first] = (await gateway.admin('GET', '/v1/invocations')).body.invocations;
    assert.notEqual(again.id, first.id);
    assert.deepEqual(again.params, { path, content });
    assert.deepEqual(again.params, first.params);
    assert.equal(readFileSync(path, 'utf8'), content);
    assert.equal(existsSync(pwned), false);
  });

  test('says of a copy what is missing in it: a secret, or a name that no terminal may have', async (t) => {
    const gateway = await pages.organization(t);
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const waiting = await gateway.askToWrite('report.txt', `before ${secret} after`);
    const page = await gateway.signedIn();
    await open(page, gateway, waiting);
    await page.getByText('before [redacted] after').waitFor();
    await page.getByText('[redacted] stands for a secret.').waitFor();
    await page.getByText('The CLI command holds the params as they are on record').waitFor();
    assert.deepEqual(await tracesOf(page, secret), []);
    await open(page, gateway, await seed(gateway, { action_id: 'read\u202etxt' }));
    await page.getByText('There is no command to copy').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Copy as CLI command' }).count(), 0);
    await page.getByRole('button', { name: 'Copy as JSON' }).waitFor();
  });

  test('of what is unknown, no id, or of another organization, it says no more than that', async (t) => {
    const gateway = await pages.organization(t);
    const id = await gateway.askToWrite('report.txt');
    const stranger = await gateway.person('owner', await gateway.organization());
    const page = await gateway.signedIn({ token: stranger.token });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const said: string[] = [];
    const nobodys = '01a1fed7-2cd1-755c-947d-85091549c497';
    for (const path of [id, nobodys, 'no-id', '%3Cb%3E', '..%2F..%2Fme']) {
      await page.goto(`${gateway.publicUrl}/history/${path}`);
      await page.getByText('There is no such request here').waitFor();
      said.push(await page.getByRole('main').innerText());
    }
    assert.equal(new Set(said).size, 1);
    assert.deepEqual(
      new Set(asked.filter((path) => path.startsWith('/v1/invocations/'))),
      new Set([`/v1/invocations/${id}`, `/v1/invocations/${nobodys}`]),
    );
    await pressOn(page.getByRole('link', { name: 'Go to the history' }));
    await page.getByText('Nothing has been asked for yet').waitFor();
  });
});
