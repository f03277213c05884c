import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fakeGateway, type Routes, refusal } from './fixtures/fake-gateway.ts';
import { completed, connector, pending } from './fixtures/recorded.ts';
import { personAt, runCli, sessionId } from './fixtures/run-cli.ts';
import { localTime } from './when.ts';

const session = { id: sessionId, name: 'deploy', expiresAt: '2026-11-21T19:00:00.000Z' };
const decision = `/v1/sessions/${sessionId}/actions/invocations/${pending.id}`;

/** What `inbox` and its verbs ask for. */
const inbox: Routes = {
  [`GET /v1/invocations/${pending.id}`]: () => [200, { invocation: pending }],
  'GET /v1/invocations': () => [200, { invocations: [pending], nextCursor: null }],
  [`GET /v1/invocations/${pending.id}/params`]: () => [
    200,
    { params: pending.params, shown: [JSON.stringify(pending.params)] },
  ],
  'GET /v1/acts': () => [200, { acts: [], nextCursor: null }],
  'GET /v1/connectors': () => [200, { connectors: [connector] }],
  [`GET /v1/sessions/${sessionId}`]: () => [200, { session }],
};

describe('how a command ends', () => {
  test("1 and the gateway's sentence where it refuses", async (t) => {
    const { url } = await fakeGateway(t, {
      'GET /v1/status': () => [403, refusal('forbidden', 'Ask an owner.')],
    });
    assert.deepEqual(await runCli(['status'], personAt(url)), {
      code: 1,
      stdout: '',
      stderr: 'assent: Ask an owner.\n',
    });
  });

  test('the same as one document with --json', async (t) => {
    const { url } = await fakeGateway(t, {
      'GET /v1/status': () => [403, refusal('forbidden', 'Ask an owner.')],
    });
    const { code, stdout } = await runCli(['status', '--json'], personAt(url));
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(stdout), { error: { code: 'forbidden', message: 'Ask an owner.' } });
  });

  test('2 for a flag that is not there, also with --json', async () => {
    const { code, stdout, stderr } = await runCli(['status', '--jsn', '--json']);
    assert.equal(code, 2);
    assert.equal(JSON.parse(stdout).error.code, 'usage');
    assert.equal(
      stderr,
      'assent: There is no flag --jsn here. Did you mean --json?\n`assent status --help` shows how.\n',
    );
  });

  test('3 where nothing listens', async () => {
    const { code, stderr } = await runCli(['status'], personAt('http://127.0.0.1:1'));
    assert.equal(code, 3);
    assert.equal(
      stderr,
      'assent: No gateway answers at http://127.0.0.1:1: nothing listens there. Start one with `assent up`, or log in to another with `assent login <url>`.\n',
    );
  });

  test('3 where something listens that is no gateway', async (t) => {
    const { url } = await fakeGateway(t, { 'GET /v1/status': () => [404, { message: 'Cannot GET' }] });
    const { code, stderr } = await runCli(['status'], personAt(url));
    assert.equal(code, 3);
    assert.equal(
      stderr,
      `assent: What answers at ${url} (with HTTP 404) is not an Assent gateway. Check the address.\n`,
    );
  });

  test('3 where the connection is cut', async (t) => {
    const { url } = await fakeGateway(t, { 'GET /v1/status': () => 'cut' });
    assert.equal((await runCli(['status'], personAt(url))).code, 3);
  });

  test('1 where nobody is logged in', async () => {
    const { code, stderr } = await runCli(['status']);
    assert.equal(code, 1);
    assert.match(stderr, /^assent: Nobody is logged in here\. Start a gateway with `assent up`/);
  });
});

describe('the inbox', () => {
  test('says in words that it is empty', async (t) => {
    const { url } = await fakeGateway(t, {
      ...inbox,
      'GET /v1/invocations': () => [200, { invocations: [], nextCursor: null }],
    });
    assert.deepEqual(await runCli(['inbox'], personAt(url)), {
      code: 0,
      stdout: 'No approvals are waiting.\n',
      stderr: '',
    });
  });

  test('shows who asks, for what exactly, newest last, over several pages', async (t) => {
    const newer = {
      ...pending,
      id: '01a1fdc7-158a-771e-9f24-76d1257e0569',
      params: { path: 'a\u202eb\u001b[2J' },
    };
    const pages = [
      { invocations: [newer], nextCursor: newer.id },
      { invocations: [pending], nextCursor: null },
    ];
    const { url, log } = await fakeGateway(t, {
      ...inbox,
      'GET /v1/invocations': () => [200, pages.shift()],
      [`GET /v1/invocations/${newer.id}/params`]: () => [
        200,
        { params: newer.params, shown: [JSON.stringify(newer.params)] },
      ],
    });
    const { code, stdout } = await runCli(['inbox'], personAt(url));
    assert.equal(code, 0);
    assert.ok(stdout.indexOf(pending.id) < stdout.indexOf(newer.id));
    assert.match(stdout, /^files:create_directory {2}pending/);
    assert.match(stdout, /session +deploy \(01a1fdc7-/);
    assert.ok(stdout.includes(String.raw`"path": "a‹U+202E›b\u001b[2J"`));
    assert.ok(log.includes(`GET /v1/invocations?status=pending&limit=200&cursor=${newer.id}`));
  });

  test('approve prints the result', async (t) => {
    const { url } = await fakeGateway(t, {
      ...inbox,
      [`POST ${decision}/approve`]: () => [200, { invocation: completed, result: { made: true } }],
    });
    const { code, stdout, stderr } = await runCli(['inbox', 'approve', pending.id], personAt(url));
    assert.deepEqual(
      [code, JSON.parse(stdout), stderr],
      [0, { made: true }, 'Approved and done in 12 ms: files:create_directory.\n'],
    );
  });

  test('approve says that what it let run has failed', async (t) => {
    const failed = {
      ...(refusal('action_failed', 'Disk full.') as object),
      invocation: { ...pending, status: 'failed' },
    };
    const { url } = await fakeGateway(t, { ...inbox, [`POST ${decision}/approve`]: () => [502, failed] });
    const { code, stderr } = await runCli(['inbox', 'approve', pending.id], personAt(url));
    assert.deepEqual([code, stderr], [1, 'assent: Approved, but it failed: Disk full.\n']);
  });

  test('approve prints what the source said, where it said that it failed', async (t) => {
    const failed = { ...completed, status: 'failed', error: 'Disk full.', result: { left: 0 } };
    const { url } = await fakeGateway(t, {
      ...inbox,
      [`POST ${decision}/approve`]: () => [200, { invocation: failed, result: { left: 0 } }],
    });
    const { code, stdout, stderr } = await runCli(['inbox', 'approve', pending.id], personAt(url));
    assert.deepEqual(
      [code, JSON.parse(stdout), stderr],
      [1, { left: 0 }, 'assent: Approved, but it failed: Disk full.\n'],
    );
  });

  test('deny sends the reason', async (t) => {
    let sent: unknown;
    const { url } = await fakeGateway(t, {
      ...inbox,
      [`POST ${decision}/deny`]: ({ body }) => {
        sent = body;
        return [200, { invocation: { ...pending, status: 'denied' } }];
      },
    });
    const { stdout } = await runCli(['inbox', 'deny', pending.id, '--reason', 'not now'], personAt(url));
    assert.deepEqual([sent, stdout], [{ reason: 'not now' }, 'Denied: files:create_directory.\n']);
  });

  test('an id that nobody has is refused', async (t) => {
    const { url } = await fakeGateway(t, inbox);
    const { code, stderr } = await runCli(['inbox', 'approve', 'nope'], personAt(url));
    assert.deepEqual(
      [code, stderr],
      [
        1,
        'assent: There is no invocation nope. `assent inbox` lists those that wait, `assent history` all.\n',
      ],
    );
  });
});

test('sessions create --shell prints what a shell can eval', async (t) => {
  const env = { ASSENT_GATEWAY_URL: `http://it's`, ASSENT_SESSION_ID: sessionId, ASSENT_TOKEN: 'ast_s_x' };
  const { url } = await fakeGateway(t, {
    'POST /v1/sessions': () => [201, { session, token: 'ast_s_x', env }],
  });
  const { stdout } = await runCli(['sessions', 'create', '--shell', '--ttl', '2h'], personAt(url));
  assert.equal(
    stdout,
    `export ASSENT_GATEWAY_URL='http://it'\\''s'\nexport ASSENT_SESSION_ID='${sessionId}'\nexport ASSENT_TOKEN='ast_s_x'\n`,
  );
});

test('sessions show says what a session was refused, and sessions list how often', async (t) => {
  const refused = {
    ...session,
    automationId: null,
    createdBy: 'ada',
    createdAt: '2026-11-21T11:00:00.000Z',
    revokedAt: '2026-11-21T12:00:00.000Z',
    refusals: [
      { code: 'forbidden', count: 3, lastAt: '2026-11-21T11:30:00.000Z' },
      { code: 'rate_limited', count: 12, lastAt: '2026-11-21T11:31:00.000Z' },
    ],
  };
  const { url } = await fakeGateway(t, {
    'GET /v1/sessions': () => [200, { sessions: [refused] }],
    [`GET /v1/sessions/${sessionId}`]: () => [200, { session: refused }],
  });
  const shown = await runCli(['sessions', 'show', 'deploy'], personAt(url));
  assert.match(
    shown.stdout,
    /\n\nREFUSED +TIMES +LAST\nforbidden +3 +2026-11-21 [\d:]+\nrate_limited +12 +2026-11-21 [\d:]+\n$/,
  );
  const json = await runCli(['sessions', 'show', 'deploy', '--json'], personAt(url));
  assert.deepEqual(JSON.parse(json.stdout), { session: refused });
  const listed = await runCli(['sessions', 'list'], personAt(url));
  assert.match(listed.stdout, new RegExp(`REFUSED +ID\\ndeploy .* 15 +${sessionId}\\n$`));
});

test("modes set keeps a connector's action under its source id", async (t) => {
  const key = encodeURIComponent(`${connector.sourceId}:create_directory`);
  const { url } = await fakeGateway(t, {
    ...inbox,
    [`PUT /v1/action-modes/${key}`]: ({ body }) => [200, { modes: { body } }],
  });
  const { code, stdout } = await runCli(['modes', 'set', 'files:create_directory', 'allow'], personAt(url));
  assert.deepEqual([code, stdout], [0, 'files:create_directory is now allow.\n']);
});

test('secrets set takes the value from standard input, without its last newline', async (t) => {
  let sent: unknown;
  const { url } = await fakeGateway(t, {
    'PUT /v1/secrets/DOCS_TOKEN': ({ body }) => {
      sent = body;
      return [200, { secret: { key: 'DOCS_TOKEN' } }];
    },
  });
  const { code, stdout } = await runCli(['secrets', 'set', 'DOCS_TOKEN'], personAt(url), ' s3cret value \n');
  assert.deepEqual([code, stdout, sent], [0, 'Kept DOCS_TOKEN.\n', { value: ' s3cret value ' }]);
});

test('login waits for the browser, and keeps the token where nobody else can read it', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'assent-login-'));
  t.after(() => rmSync(home, { recursive: true }));
  const device = {
    deviceCode: 'abc',
    userCode: 'S23GZ6KL',
    verificationUri: 'http://g/device',
    verificationUriComplete: 'http://g/device?user_code=S23GZ6KL',
    expiresIn: 600,
    interval: 0,
  };
  const polls = [
    [202, { status: 'pending' }],
    [200, { token: 'ast_u_y', expiresAt: '2027-02-27T10:16:01.000Z' }],
  ] as const;
  let at = 0;
  const { url } = await fakeGateway(t, {
    'POST /v1/device/code': () => [200, device],
    'POST /v1/device/token': () => polls[at++] ?? 'cut',
  });
  const { code, stdout, stderr } = await runCli(['login', `${url}/`], { ASSENT_HOME: home });
  const path = join(home, 'credentials.json');
  const until = localTime('2027-02-27T10:16:01.000Z');
  const says = `Logged in to ${url}. The token is in ${path}. It works until ${until}; then log in again like this.\n`;
  assert.deepEqual([code, stdout], [0, says]);
  assert.match(
    stderr,
    /^Open http:\/\/g\/device\?user_code=S23GZ6KL\nand confirm the code S23GZ6KL\. It is good for 10 minutes\.\n$/,
  );
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), { url, token: 'ast_u_y' });
  assert.equal(statSync(path).mode & 0o777, 0o600);
});
