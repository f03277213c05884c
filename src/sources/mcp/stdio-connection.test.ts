import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { contextWith, failureOf, running, sourceFor } from '../../../test/peers/mcp-client.ts';

interface Seen {
  readonly pid: number;
  readonly child?: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function look(behaviour: string): Promise<Seen> {
  // The peer's answer is text that holds JSON.
  const { answer } = await sourceFor(running(behaviour)).execute('look', {}, contextWith());
  const { content } = answer as { content: [{ text: string }] };
  return JSON.parse(content[0].text) as Seen;
}

/** What was killed may wait for long to be collected by process 1, as a zombie. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !status.slice(status.lastIndexOf(')')).startsWith(') Z');
}

test('a command gets a few variables, and never the environment of the gateway', async (t: TestContext) => {
  process.env['ASSENT_SECRET_KEY'] = 'hunter2';
  t.after(() => delete process.env['ASSENT_SECRET_KEY']);
  const { env, cwd } = await look('ordinary');
  assert.deepEqual(
    Object.keys(env).filter((name) => name.startsWith('ASSENT_')),
    [],
  );
  assert.equal(env['PATH'], process.env['PATH']);
  assert.equal(cwd, process.cwd());
});

test('a command gets what reaching the world takes here, and no password of a proxy', async (t: TestContext) => {
  const set = {
    NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    SSL_CERT_FILE: '/etc/ca.pem',
    HTTPS_PROXY: 'http://proxy.example:3128',
    http_proxy: 'http://hunter2@proxy.example:3128',
    HTTP_PROXY: 'proxy:hunter2@proxy.example:3128',
    no_proxy: 'localhost,.internal',
    TZ: 'Asia/Kolkata',
    NODE_OPTIONS: '--no-warnings',
    AWS_SECRET_ACCESS_KEY: 'hunter2',
  };
  const before = { ...process.env };
  Object.assign(process.env, set);
  t.after(() => {
    for (const name of Object.keys(set)) delete process.env[name];
    Object.assign(process.env, before);
  });
  const { env } = await look('ordinary');
  const kept = ['NODE_OPTIONS', 'AWS_SECRET_ACCESS_KEY', 'http_proxy', 'HTTP_PROXY'];
  const handedOn = Object.fromEntries(Object.entries(set).filter(([name]) => !kept.includes(name)));
  assert.deepEqual(
    Object.fromEntries(Object.entries(env).filter(([name]) => Object.hasOwn(set, name))),
    handedOn,
  );
});

for (const behaviour of ['parent', 'stubborn']) {
  test(`when the operation is over, a ${behaviour} command and its children are gone`, async () => {
    const { pid, child } = await look(behaviour);
    assert.ok(child !== undefined);
    assert.deepEqual([await isAlive(pid), await isAlive(child)], [false, false]);
  });
}

test('a command that never answers ends at the deadline, at once', async () => {
  // The peer never answers: without the deadline, nothing would end this test.
  const source = sourceFor(running('silent'), { listMs: 500, callMs: 500 });
  const expected =
    /^source_unavailable: The MCP server "Peer" did not answer within 0\.5 s\. Check that it works, then try again\.$/;
  assert.match(await failureOf(source.listActions(contextWith())), expected);
  assert.match(await failureOf(source.execute('look', {}, contextWith())), expected);
});

test('a command that ends in a call is action_failed, with its last words', async () => {
  assert.match(
    await failureOf(sourceFor(running('dies')).execute('look', {}, contextWith())),
    /^action_failed: The MCP server "Peer" ended before it answered \(exit code 3: cannot open the database, key undefined\)\. The call may have been carried out: look there before trying again\.$/,
  );
});

test('a command that ends at its start is source_unavailable', async () => {
  for (const [args, said] of [
    [['-e', 'console.error("no such folder"); process.exit(2)'], 'exit code 2: no such folder'],
    [['-e', 'process.kill(process.pid, "SIGSEGV")'], 'SIGSEGV'],
    [['-e', ''], 'exit code 0'],
  ] as const) {
    const source = sourceFor({ type: 'stdio', command: process.execPath, args: [...args] });
    assert.equal(
      await failureOf(source.listActions(contextWith())),
      `source_unavailable: The MCP server "Peer" ended before it answered (${said}).`,
    );
  }
});

test('a command that floods its output is stopped', async () => {
  assert.match(
    await failureOf(sourceFor(running('floods')).listActions(contextWith())),
    /^source_unavailable: The MCP server "Peer" sent more than 10 MB, which is not read\. Ask it for less\.$/,
  );
});

test('a command that cannot be started is said, without its arguments', async () => {
  for (const [command, code] of [
    ['no-such-command-at-all', 'ENOENT'],
    ['/etc/passwd', 'EACCES'],
    ['/', 'EACCES'],
  ] as const) {
    assert.equal(
      await failureOf(sourceFor({ type: 'stdio', command, args: ['hunter2'] }).listActions(contextWith())),
      `source_unavailable: The MCP server "Peer" cannot be started (${code}: ${command}). Install the command on the gateway's machine, or give its full path.`,
    );
  }
  const impossible = sourceFor({ type: 'stdio', command: 'node', args: ['hunter2\0'] });
  assert.equal(
    await failureOf(impossible.listActions(contextWith())),
    'source_unavailable: The MCP server "Peer" cannot be started (ERR_INVALID_ARG_VALUE: node). Install the command on the gateway\'s machine, or give its full path.',
  );
});

test('local commands need the gateway to allow them', async () => {
  const source = sourceFor(running('ordinary'), { allowStdio: false });
  const expected = `source_unavailable: The MCP server "Peer" is a local command. Start the gateway with --allow-stdio-connectors to allow it.`;
  assert.equal(await failureOf(source.listActions(contextWith())), expected);
  assert.equal(await failureOf(source.execute('look', {}, contextWith())), expected);
});
