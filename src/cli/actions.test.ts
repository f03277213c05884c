import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type Answer, type Asked, fakeGateway, refusal } from './fixtures/fake-gateway.ts';
import { catalog, completed, connector, pending } from './fixtures/recorded.ts';
import { agentAt, runCli, sessionId } from './fixtures/run-cli.ts';

const base = `/v1/sessions/${sessionId}/actions`;

/** A gateway that answers an invocation, and what is asked of it afterwards, like this. */
async function invoked(t: TestContext, answer: Answer, later: Answer = 'cut', whole: Answer = 'cut') {
  const asked: Asked[] = [];
  const gateway = await fakeGateway(t, {
    [`GET ${base}/available`]: () => [200, catalog],
    [`POST ${base}/invoke`]: (one) => {
      asked.push(one);
      return answer;
    },
    [`GET ${base}/invocations/${pending.id}`]: () => later,
    [`GET ${base}/invocations/${pending.id}/result`]: () => whole,
  });
  return { ...gateway, asked, env: agentAt(gateway.url) };
}

const done: Answer = [200, { invocation: completed, result: { fuller: true } }];
const waiting: Answer = [202, { invocation: pending, message: 'Waiting.' }];
const run = ['actions', 'run', 'files:create_directory'];

describe('actions run', () => {
  test('prints the result, and nothing else, where it runs at once', async (t) => {
    const { env, asked } = await invoked(t, done);
    const { code, stdout, stderr } = await runCli(
      [...run, '--params', '{"path":"x"}', '--idempotency-key', 'k1'],
      env,
    );
    assert.deepEqual([code, JSON.parse(stdout), stderr], [0, { fuller: true }, '']);
    const body = { sourceId: connector.sourceId, actionId: 'create_directory', params: { path: 'x' } };
    assert.deepEqual([asked[0]?.body, asked[0]?.headers['idempotency-key']], [body, 'k1']);
  });

  test('says where to approve, and follows until it is done', async (t) => {
    const { env, url } = await invoked(t, waiting, [200, { invocation: completed }]);
    const { code, stdout, stderr } = await runCli(run, env);
    assert.deepEqual([code, JSON.parse(stdout)], [0, { made: true }]);
    assert.equal(stderr, `Waiting for approval… A person decides at ${url}/inbox/${pending.id}\n`);
  });

  const ends = [
    [{ ...pending, status: 'denied', deniedReason: 'not today' }, 'Denied: not today.'],
    [{ ...pending, status: 'failed', error: 'Disk full.' }, 'Disk full.'],
    [
      { ...pending, status: 'expired' },
      'Nobody decided in time, and nothing was done. Ask again when somebody is there.',
    ],
  ] as const;
  for (const [invocation, sentence] of ends) {
    test(`ends with 1 where it is ${invocation.status} after the wait`, async (t) => {
      const { env } = await invoked(t, waiting, [200, { invocation }]);
      const { code, stdout, stderr } = await runCli(run, env);
      assert.deepEqual([code, stdout, stderr.split('\n').at(-2)], [1, '', `assent: ${sentence}`]);
    });
  }

  test('prints what the source said, and why it failed beside it, at once and after the wait', async (t) => {
    const invocation = { ...pending, status: 'failed', error: 'Disk full.', result: { left: 0 } };
    const atOnce = await invoked(t, [200, { invocation, result: { left: 0, whole: true } }]);
    const later = await invoked(t, waiting, [200, { invocation }]);
    for (const more of [[], ['--json']]) {
      const first = await runCli([...run, ...more], atOnce.env);
      const expected = [1, { left: 0, whole: true }, 'assent: Disk full.\n'];
      assert.deepEqual([first.code, JSON.parse(first.stdout), first.stderr], expected);
      const second = await runCli([...run, ...more], later.env);
      assert.deepEqual([second.code, JSON.parse(second.stdout)], [1, { left: 0 }]);
      assert.match(second.stderr, /\nassent: Disk full\.\n$/);
    }
  });

  test('ends with 1 where policy refuses', async (t) => {
    const { env } = await invoked(t, [
      403,
      {
        invocation: { ...pending, status: 'denied' },
        ...(refusal('denied', 'Denied: by policy.') as object),
      },
    ]);
    assert.deepEqual(await runCli(run, env), { code: 1, stdout: '', stderr: 'assent: Denied: by policy.\n' });
  });

  test('ends with 1 after its time, and says how to follow', async (t) => {
    const { env } = await invoked(t, waiting, [200, { invocation: pending }]);
    const { code, stderr } = await runCli([...run, '--timeout', '0'], env);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /`assent actions status 01a1fdc7-1586-7930-b10f-2aa3ad99c85e` says what becomes of it\.\n$/,
    );
  });

  test("the seeds' spelling needs no catalog", async (t) => {
    const { env, log } = await invoked(t, done);
    const { code } = await runCli(
      ['actions', 'run', '--integration', 'linear', '--action', 'x', '--params', '{}'],
      env,
    );
    assert.deepEqual([code, log], [0, [`POST ${base}/invoke`]]);
  });

  test('takes the params from a file and from standard input', async (t) => {
    const { env, asked } = await invoked(t, done);
    const folder = mkdtempSync(join(tmpdir(), 'assent-params-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'p.json'), '{"from":"file"}');
    await runCli([...run, '--params', `@${join(folder, 'p.json')}`], env);
    await runCli([...run, '--params', '-'], env, '{"from":"stdin"}');
    assert.deepEqual(
      asked.map(({ body }) => (body as { params: unknown }).params),
      [{ from: 'file' }, { from: 'stdin' }],
    );
  });

  const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /^assent: Name an action: source:action/],
    [['create_directory'], /names no action/],
    [
      ['files:create_directory', '--params', '{x}'],
      /--params is not valid JSON: .* In a shell, put single quotes around it\./,
    ],
    [['files:create_directory', '--params', '[]'], /--params must hold a JSON object/],
    [
      ['files:create_directory', '--params', '@/nonexistent'],
      /\/nonexistent cannot be read: there is no such file\./,
    ],
    [['files:create_directory', '--timeout', 'soon'], /--timeout is "soon"/],
    [['files:create_directory', '--integration', 'linear'], /Name the action once/],
    [['--integration', 'linear'], /^assent: Name an action/],
  ];
  for (const [args, message] of mistakes) {
    test(`refuses ${JSON.stringify(args)} as usage, and asks for nothing`, async (t) => {
      const { env, asked } = await invoked(t, done);
      const { code, stderr } = await runCli(['actions', 'run', ...args], env);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.deepEqual(asked, []);
    });
  }
});

const cut = { ...completed, result: { _truncated: true, _originalSize: 50_000, text: 'x…' } };
const wholeOfIt = { text: 'x'.repeat(50_000) };
const goneSentence = 'The whole result is kept no more. It was kept for 24 hours, and they are over.';

describe('a result that the record has shortened', () => {
  test('is printed whole after the wait', async (t) => {
    const { env } = await invoked(
      t,
      waiting,
      [200, { invocation: cut }],
      [200, { invocation: cut, result: wholeOfIt }],
    );
    for (const more of [[], ['--json']]) {
      const { code, stdout } = await runCli([...run, ...more], env);
      assert.deepEqual([code, JSON.parse(stdout)], [0, wholeOfIt]);
    }
  });

  const refusals: readonly (readonly [answer: Answer, note: RegExp])[] = [
    [[410, refusal('result_gone', goneSentence)], /\nThe whole result is kept no more\. .* are over\.\n$/],
    [
      [404, refusal('not_found', 'There is nothing at GET …')],
      /\nThe result is shortened: all of it could not be had\. There is nothing at GET …/,
    ],
    [
      [503, refusal('unavailable', 'Stopping.')],
      new RegExp(` Stopping\\. Ask again: assent actions result ${pending.id}\n$`),
    ],
  ];
  for (const [answer, note] of refusals) {
    test(`is printed as the record has it, with why, after ${JSON.stringify(answer).slice(0, 40)}`, async (t) => {
      const { env } = await invoked(t, waiting, [200, { invocation: cut }], answer);
      const { code, stdout, stderr } = await runCli(run, env);
      assert.deepEqual([code, JSON.parse(stdout)], [0, cut.result]);
      assert.match(stderr, note);
    });
  }

  test('is read again with `actions result`, which ends as `actions run` does', async (t) => {
    const failed = { ...cut, status: 'failed', error: 'Disk full.' };
    const ends = [
      [
        [200, { invocation: cut, result: wholeOfIt }],
        [0, ''],
      ],
      [
        [200, { invocation: failed, result: wholeOfIt }],
        [1, 'assent: Disk full.\n'],
      ],
    ] as const;
    for (const [answer, [code, stderr]] of ends) {
      const { env, log } = await invoked(t, done, 'cut', [...answer]);
      for (const more of [[], ['--json']]) {
        const said = await runCli(['actions', 'result', pending.id, ...more], env);
        assert.deepEqual([said.code, JSON.parse(said.stdout), said.stderr], [code, wholeOfIt, stderr]);
      }
      assert.equal(log[0], `GET ${base}/invocations/${pending.id}/result`);
    }
  });

  test('that is gone is refused with the sentence of the gateway', async (t) => {
    const { env } = await invoked(t, done, 'cut', [410, refusal('result_gone', goneSentence)]);
    const { code, stdout, stderr } = await runCli(['actions', 'result', pending.id], env);
    assert.deepEqual([code, stdout, stderr], [1, '', `assent: ${goneSentence}\n`]);
    const machine = await runCli(['actions', 'result', pending.id, '--json'], env);
    assert.deepEqual(JSON.parse(machine.stdout), { error: { code: 'result_gone', message: goneSentence } });
  });

  test('is said to be shortened by `actions status`, with what prints all of it', async (t) => {
    const { env } = await invoked(t, done, [200, { invocation: cut }]);
    const { stdout } = await runCli(['actions', 'status', pending.id], env);
    assert.match(stdout, new RegExp(`\n  shortened here; all of it: assent actions result ${pending.id}\n$`));
  });
});

test('without its three variables an agent is told which are missing', async () => {
  const { code, stderr } = await runCli(['actions', 'list'], { ASSENT_GATEWAY_URL: 'http://127.0.0.1:1' });
  assert.equal(code, 2);
  assert.match(stderr, /^assent: ASSENT_SESSION_ID and ASSENT_TOKEN must be set\./);
});

test('actions list shows what run takes; with --json the answer as it is', async (t) => {
  const { env } = await invoked(t, done);
  const { stdout } = await runCli(['actions', 'list'], env);
  assert.match(stdout, /^files:create_directory +write +require_approval +Does it$/m);
  assert.deepEqual(JSON.parse((await runCli(['actions', 'list', '--json'], env)).stdout), catalog);
});

test('actions guide takes a name too', async (t) => {
  const guide = { sourceId: connector.sourceId, guide: '# files\n' };
  const { url } = await fakeGateway(t, {
    [`GET ${base}/guide/files`]: () => [404, refusal('not_found', 'There is no source "files".')],
    [`GET ${base}/available`]: () => [200, catalog],
    [`GET ${base}/guide/${encodeURIComponent(connector.sourceId)}`]: () => [200, guide],
  });
  assert.deepEqual(await runCli(['actions', 'guide', 'files'], agentAt(url)), {
    code: 0,
    stdout: '# files\n',
    stderr: '',
  });
});

test('bootstrap writes the guide, and again, and never a token', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assent-bootstrap-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, '.assent', 'actions-guide.md');
  const env = agentAt('http://127.0.0.1:1');
  assert.deepEqual(await runCli(['bootstrap', folder], env), {
    code: 0,
    stdout: `Wrote ${path}.\n`,
    stderr: '',
  });
  assert.equal((await runCli(['bootstrap', folder], env)).stdout, `Replaced ${path}.\n`);
  const text = readFileSync(path, 'utf8');
  for (const word of ['list', 'guide', 'run', 'status', 'result'].map((verb) => `actions ${verb}`))
    assert.ok(text.includes(word), word);
  assert.ok(text.includes('Exit codes') && !text.includes('ast_s_'));
});
