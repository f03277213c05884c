// The same over the command line: a person sets the provider up and decides, an agent asks.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { providers } from '../src/sources/providers.ts';
import { assent, up } from './support/cli.ts';
import { anIssue, cases, type ProviderId, startVendor } from './support/provider-cases.ts';
import { scratchFolder } from './support/scratch.ts';

async function set(t: TestContext, id: ProviderId) {
  const vendor = await startVendor[id]();
  t.after(() => vendor.close());
  const person = { ASSENT_HOME: scratchFolder(t), ASSENT_LOG_LEVEL: 'error' };
  await up(t, ['--port', '0', '--allow-private-addresses'], person);
  const made = await assent(
    ['integrations', 'set', id, '--base-url', vendor.url],
    person,
    `${vendor.token}\n`,
  );
  assert.deepEqual([made.code, made.stdout.includes(vendor.token)], [0, false], made.stderr);
  const session = JSON.parse((await assent(['sessions', 'create', '--json'], person)).stdout);
  const run = (actionId: string, params: object) =>
    assent(['actions', 'run', `${id}:${actionId}`, '--params', JSON.stringify(params)], session.env);
  const mode = (actionId: string, value: string) =>
    assent(['modes', 'set', `${id}:${actionId}`, value], person);
  return { vendor, person, run, mode };
}

for (const provider of providers) {
  const id = provider.id as ProviderId;
  describe(provider.displayName, () => {
    test('every action runs from the command line, in every mode', { timeout: 120_000 }, async (t) => {
      const { vendor, person, run, mode } = await set(t, id);
      for (const { id: actionId } of provider.actions) {
        const one = cases[id][actionId];
        assert.ok(one, actionId);
        const params = actionId === 'get_event' ? { ...one.params, event: await someEvent(run) } : one.params;
        await mode(actionId, 'deny');
        assert.equal((await run(actionId, params)).code, 1, actionId);
        await mode(actionId, 'require_approval');
        const asked = run(actionId, params);
        const approved = await approveOne(person);
        assert.equal(approved.code, 0, approved.stderr);
        const ended = await asked;
        assert.equal(ended.code, 0, ended.stderr);
        assert.partialDeepStrictEqual(JSON.parse(ended.stdout), one.answers);
        await mode(actionId, 'allow');
        const allowed = await run(actionId, params);
        assert.equal(allowed.code, 0, allowed.stderr);
        assert.partialDeepStrictEqual(JSON.parse(allowed.stdout), one.answers);
        assert.ok(
          ![ended, allowed, approved].some((all) => JSON.stringify(all).includes(vendor.token)),
          actionId,
        );
      }
    });
  });
}

test('what is set up is listed, and removed', async (t) => {
  const { person, run } = await set(t, 'slack');
  assert.match(
    (await assent(['integrations', 'list'], person)).stdout,
    /^slack {5}http:\/\/127\.0\.0\.1:\d+\/api\//m,
  );
  assert.equal((await assent(['integrations', 'remove', 'slack'], person)).code, 0);
  assert.match((await assent(['integrations', 'list'], person)).stdout, /^No providers are set up\./);
  const gone = await run('list_channels', {});
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /There is no action "slack:list_channels" for this session/);
});

/** The one that waits, as soon as it does. */
async function approveOne(person: Record<string, string>) {
  for (;;) {
    const { stdout } = await assent(['inbox', '--json'], person);
    const [waiting] = JSON.parse(stdout).invocations;
    if (waiting !== undefined) return assent(['inbox', 'approve', waiting.id], person);
  }
}

async function someEvent(
  run: (actionId: string, params: object) => Promise<{ stdout: string }>,
): Promise<string> {
  const { stdout } = await run('list_issue_events', { organization: 'example', issue: anIssue });
  return JSON.parse(stdout).events[0].eventID;
}
