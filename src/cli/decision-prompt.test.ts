import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Client } from './client.ts';
import { DecisionPrompt } from './decision-prompt.ts';
import { type Answer, fakeGateway, refusal } from './fixtures/fake-gateway.ts';
import { completed, connector, pending } from './fixtures/recorded.ts';
import { sessionId } from './fixtures/run-cli.ts';
import { ParamsViews } from './params-views.ts';
import { SessionNames, SourceNames } from './shown-names.ts';

const second = { ...pending, id: '01a1fdc7-158a-771e-9f24-76d1257e0569', actionId: 'move_file' };

/** A prompt, and what it has said: the first line of each text. */
async function openPrompt(
  t: TestContext,
  decided: Answer = [200, { invocation: completed, result: 'made' }],
  options: { now?: () => number } = {},
) {
  const path = (id: string, verb: string) =>
    `POST /v1/sessions/${sessionId}/actions/invocations/${id}/${verb}`;
  const { url, log } = await fakeGateway(t, {
    'GET /v1/connectors': () => [200, { connectors: [connector] }],
    [path(pending.id, 'approve')]: () => decided,
    [path(pending.id, 'deny')]: () => decided,
    [path(second.id, 'approve')]: () => decided,
  });
  const client = new Client(url, undefined);
  const said: string[] = [];
  const say = (text: string) => void said.push(text.trim().split('\n')[0] ?? '');
  let at = 0;
  const now = () => (at += 1000);
  const names = {
    sources: await SourceNames.read(client),
    sessions: new SessionNames(client),
    params: new ParamsViews(client),
  };
  const decisions = () =>
    log.filter((line) => line.startsWith('POST')).map((line) => line.split('/').slice(-2).join(' '));
  return {
    prompt: new DecisionPrompt(client, names, { print: say, note: say, now: options.now ?? now }),
    said,
    decisions,
  };
}

const first = /^files:create_directory {2}pending/;
const other = /^files:move_file {2}pending/;

test('a approves what is shown, and shows the next', async (t) => {
  const { prompt: it, said, decisions } = await openPrompt(t);
  it.update([pending, second]);
  await it.press('a');
  assert.match(said[0] ?? '', first);
  assert.deepEqual([said[1], decisions()], ['Approved and done.', [`${pending.id} approve`]]);
  assert.match(said[2] ?? '', other);
});

test('d denies it; a poll that still has it does not show it again', async (t) => {
  const { prompt: it, said, decisions } = await openPrompt(t);
  it.update([pending]);
  await it.press('d');
  it.update([pending]);
  assert.deepEqual(
    [said.slice(1), decisions()],
    [['Denied.', 'No approvals are waiting. (q quits)'], [`${pending.id} deny`]],
  );
});

test('s skips, and brings back what was skipped once nothing is left', async (t) => {
  const { prompt: it, said } = await openPrompt(t);
  it.update([pending, second]);
  await it.press('s');
  await it.press('s');
  assert.match(said[1] ?? '', other);
  assert.equal(said[2], '2 skipped. (s shows them again, q quits)');
  await it.press('s');
  assert.match(said[3] ?? '', first);
});

test('two keys at once decide once, and other keys nothing', async (t) => {
  const { prompt: it, decisions } = await openPrompt(t);
  it.update([pending, second]);
  await Promise.all([it.press('a'), it.press('a'), it.press('x'), it.press('constructor')]);
  assert.deepEqual(decisions(), [`${pending.id} approve`]);
});

test('what was decided elsewhere is said, and put aside', async (t) => {
  const { prompt: it, said } = await openPrompt(t);
  it.update([pending]);
  it.update([second]);
  assert.equal(
    said[1],
    'files:create_directory waits no longer: it was decided elsewhere, or its time ran out.',
  );
  assert.match(said[2] ?? '', other);
});

test('a decision that is refused is said, and the next is shown', async (t) => {
  const { prompt: it, said } = await openPrompt(t, [409, refusal('conflict', 'It is decided already.')]);
  it.update([pending, second]);
  await it.press('a');
  assert.equal(said[1], 'It is decided already.');
  assert.match(said[2] ?? '', other);
});

test('a decision that did not arrive can be made again', async (t) => {
  const { prompt: it, said } = await openPrompt(t, 'cut');
  it.update([pending]);
  await it.press('a');
  assert.match(said[1] ?? '', /^No gateway answers at /);
  assert.match(said[2] ?? '', first);
});

test('nothing to decide is said once', async (t) => {
  const { prompt: it, said } = await openPrompt(t);
  it.update([]);
  it.update([]);
  await it.press('a');
  assert.deepEqual(said, ['No approvals are waiting. (q quits)']);
});

test('a key that comes right behind a change was meant for what was shown before', async (t) => {
  let at = 0;
  const { prompt: it, decisions } = await openPrompt(t, undefined, { now: () => at });
  it.update([pending]);
  it.update([second]);
  at = 499;
  await it.press('a');
  assert.deepEqual(decisions(), []);
  at = 500;
  await it.press('a');
  assert.deepEqual(decisions(), [`${second.id} approve`]);
});
