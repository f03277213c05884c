import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  answerHandshake,
  type McpPeer,
  type PeerOptions,
  startMcpPeer,
  startRawPeer,
} from '../../../test/peers/mcp.ts';
import {
  at,
  connectorFor,
  contextWith,
  failureOf,
  openOptions,
  reasonOf,
  running,
  sourceFor,
} from '../../../test/peers/mcp-client.ts';
import type { McpConnector } from './connector.ts';
import { connectorSourceId, mcpSources } from './mcp-sources.ts';

async function peerFor(t: TestContext, options: PeerOptions = {}): Promise<McpPeer> {
  const peer = await startMcpPeer(options);
  t.after(() => peer.close());
  return peer;
}

for (const revision of ['2026', '2025'] as const) {
  test(`a ${revision} server over HTTP is listed and called`, async (t) => {
    const peer = await peerFor(t, { revision, instructions: 'Be kind.' });
    peer.state.onCall = (name, params) => ({
      content: [{ type: 'text', text: `${name} ${JSON.stringify(params)}` }],
      structuredContent: { done: true },
      _meta: { secret: 1 },
    });
    const source = sourceFor(at(peer.url));
    const actions = await source.listActions(contextWith());
    assert.deepEqual(
      actions.map(({ id, description, risk }) => ({ id, description, risk })),
      [
        {
          id: 'read_note',
          description: 'Reads a note.',
          risk: {
            destructiveHint: undefined,
            readOnlyHint: true,
            default: null,
          },
        },
        {
          id: 'wipe',
          description: 'Wipes everything.',
          risk: {
            destructiveHint: true,
            readOnlyHint: undefined,
            default: null,
          },
        },
      ],
    );
    assert.deepEqual(actions[0]?.params.check({}), {
      ok: false,
      issues: [{ path: '', message: "must have required property 'id'" }],
    });
    assert.deepEqual((await source.execute('read_note', { id: '7' }, contextWith())).answer, {
      content: [{ type: 'text', text: 'read_note {"id":"7"}' }],
      structuredContent: { done: true },
    });
    assert.equal(
      await source.guide?.(contextWith()),
      '# Peer\n\nBe kind.\n\n- `read_note`: Reads a note.\n- `wipe`: Wipes everything.\n',
    );
    assert.equal(peer.state.calls, 1);
  });

  test(`a ${revision} server's pages are all read`, async (t) => {
    const tools = Array.from({ length: 7 }, (_, at) => ({ name: `t${at}`, inputSchema: { type: 'object' } }));
    const peer = await peerFor(t, { revision, state: { tools, pageSize: 3 } });
    const actions = await sourceFor(at(peer.url)).listActions(contextWith());
    assert.deepEqual(
      actions.map(({ id }) => id),
      ['t0', 't1', 't2', 't3', 't4', 't5', 't6'],
    );
    assert.equal(peer.state.lists, 3);
  });

  test(`a ${revision} server's tool that fails has answered, with its words; a refusal is action_failed`, async (t) => {
    const peer = await peerFor(t, { revision });
    const source = sourceFor(at(peer.url));
    peer.state.onCall = () => ({
      isError: true,
      content: [{ type: 'text', text: 'No such \u001b[31mnote' }],
    });
    const failed = await source.execute('read_note', {}, contextWith());
    assert.equal(reasonOf(failed), 'No such [31mnote');
    assert.deepEqual(failed.answer, { content: [{ type: 'text', text: 'No such \u001b[31mnote' }] });
    peer.state.onCall = () => ({ isError: true, content: [] });
    assert.equal(
      reasonOf(await source.execute('read_note', {}, contextWith())),
      'The tool "read_note" failed, and gave no reason.',
    );
    peer.state.onCall = () => {
      throw Object.assign(new Error('id is odd'), { code: -32602 });
    };
    assert.match(
      await failureOf(source.execute('read_note', {}, contextWith())),
      /^action_failed: The MCP server at 127\.0\.0\.1:\d+ refused: id is odd \(code -32602\)\.$/,
    );
    assert.equal(peer.state.calls, 3);
  });
}

test('what a 2026 server was found to speak is asked once', async (t) => {
  const peer = await peerFor(t);
  const source = sourceFor(at(peer.url));
  await source.listActions(contextWith());
  await source.execute('wipe', {}, contextWith());
  assert.deepEqual(peer.state.requests, ['POST server/discover', 'POST tools/list', 'POST tools/call']);
});

test('a server that has changed its revision is found out, and no call is sent twice', async (t) => {
  const modern = await peerFor(t);
  const older = await peerFor(t, { revision: '2025' });
  // The same connector to the cache: as if one server had replaced the other at its address.
  const sources = mcpSources(openOptions);
  const before = sources(connectorFor(at(modern.url)));
  const after = sources(connectorFor(at(older.url)));
  await before.listActions(contextWith());
  assert.equal((await after.listActions(contextWith())).length, 2);
  await before.listActions(contextWith());
  assert.match(await failureOf(after.execute('wipe', {}, contextWith())), /^action_failed: .* HTTP 400/);
  assert.equal(older.state.calls, 0);
  await after.execute('wipe', {}, contextWith());
  assert.equal(older.state.calls, 1);
});

test('a header that a 2026 tool wants for a param is sent once the tool is known', async (t) => {
  const inputSchema = {
    type: 'object',
    properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
  };
  const peer = await peerFor(t, { state: { tools: [{ name: 'place', inputSchema }] } });
  const source = sourceFor(at(peer.url));
  const context = contextWith({}, { sessionId: 's1' });
  await source.listActions(context);
  await source.execute('place', { region: 'north' }, context);
  assert.equal(peer.state.headers['mcp-param-region'], 'north');
});

test('risk comes from the connector where a tool says nothing, whatever its name', async (t) => {
  const named = (name: string) => ({ name, inputSchema: { type: 'object' } });
  const peer = await peerFor(t, {
    state: { tools: [named('__proto__'), named('constructor'), named('plain')] },
  });
  const actions = await sourceFor(at(peer.url), {}, { defaultRisk: 'read' }).listActions(contextWith());
  const risk = { destructiveHint: undefined, readOnlyHint: undefined, default: 'read' };
  assert.deepEqual(
    actions.map((action) => [action.id, action.risk]),
    ['__proto__', 'constructor', 'plain'].map((name) => [name, risk]),
  );
});

test('the source is named after its connector', () => {
  const source = sourceFor(at('http://127.0.0.1:9/'));
  assert.deepEqual([source.id, source.kind, source.displayName], ['connector:c1', 'connector', 'Peer']);
  assert.equal(connectorSourceId('c1'), 'connector:c1');
});

for (const behaviour of ['ordinary', 'chatty', 'exits']) {
  test(`a local command is listed and called (${behaviour})`, async () => {
    const source = sourceFor(running(behaviour));
    assert.deepEqual(
      (await source.listActions(contextWith())).map(({ id }) => id),
      ['look'],
    );
    assert.equal(await source.guide?.(contextWith()), '# Peer\n\nLook around.\n\n- `look`:\n');
    // The peer's answer is text that holds JSON.
    const { answer } = await source.execute('look', {}, contextWith());
    const { content } = answer as { content: { text: string }[] };
    assert.match(content[0]?.text ?? '', /"pid":\d+/);
  });
}

test('the official file system server is listed and called', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'assent-mcp-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'note.txt'), 'hello');
  const program = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
  const source = sourceFor({ type: 'stdio', command: process.execPath, args: [program, folder] });
  const actions = await source.listActions(contextWith());
  const read = actions.find(({ id }) => id === 'read_text_file');
  assert.deepEqual(read?.risk.readOnlyHint, true);
  assert.deepEqual(read?.params.check({ path: 1 }), {
    ok: false,
    issues: [{ path: '/path', message: 'must be string' }],
  });
  assert.deepEqual(
    (await source.execute('read_text_file', { path: join(folder, 'note.txt') }, contextWith())).answer,
    {
      content: [{ type: 'text', text: 'hello' }],
      structuredContent: { content: 'hello' },
    },
  );
  const refused = await source.execute('read_text_file', { path: '/etc/passwd' }, contextWith());
  assert.match(reasonOf(refused), /^Access denied/);
});

test('what a server reports of its progress is told, in its words or as a fraction', async (t) => {
  const tokens: unknown[] = [];
  const peer = await startRawPeer((_request, response, body) => {
    if (answerHandshake(response, body)) return;
    // The raw peer has parsed it: a JSON-RPC request of the SDK's client.
    const { id, params } = body as { id: unknown; params: { ['_meta']?: { progressToken?: unknown } } };
    const progressToken = params['_meta']?.progressToken;
    tokens.push(progressToken);
    const event = (message: object) => `data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`;
    const progress = (more: object) =>
      event({ method: 'notifications/progress', params: { progressToken, ...more } });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (progressToken !== undefined)
      response.write(
        progress({ progress: 1, total: 4 }) +
          progress({ progress: 2, message: 'nearly\u0000 there' }) +
          progress({ progress: 3 }),
      );
    response.end(event({ id, result: { content: [{ type: 'text', text: 'done' }] } }));
  });
  t.after(() => peer.close());
  const told: (string | number)[] = [];
  const source = sourceFor(at(peer.url));
  const listening = { ...contextWith(), onProgress: (progress: string | number) => void told.push(progress) };
  await source.execute('work', {}, listening);
  await source.execute('work', {}, contextWith());
  assert.deepEqual([told.length, told[0], typeof told[1]], [2, 0.25, 'string']);
  assert.match(String(told[1]), /^nearly.{0,8} there$/);
  // It is asked for without a listener too: it extends the call.
  assert.deepEqual([tokens[0] !== undefined, tokens[1] !== undefined], [true, true]);
});

test('a source names the secret by which its connector authenticates, before it is asked for anything', () => {
  const keysWith = (auth: McpConnector['auth']) =>
    sourceFor(at('http://localhost/'), {}, { auth }).credentialKeys;
  assert.deepEqual(keysWith({ type: 'none' }), []);
  assert.deepEqual(keysWith({ type: 'bearer', secretKey: 'TOKEN' }), ['TOKEN']);
  assert.deepEqual(keysWith({ type: 'header', header: 'x-key', secretKey: 'KEY' }), ['KEY']);
});

test('a long list is read in steps, and others have their turn between them', async (t) => {
  const properties = Object.fromEntries(
    Array.from({ length: 100 }, (_, one) => [`p${one}`, { pattern: `${one}x[a-z]{40}` }]),
  );
  const tools = Array.from({ length: 600 }, (_, one) => ({
    name: `t${one}`,
    description: '',
    inputSchema: { type: 'object', properties },
  }));
  const peer = await peerFor(t, { state: { tools } });
  const source = sourceFor(at(peer.url));
  await source.listActions(contextWith());
  const steps: number[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const before = process.threadCpuUsage();
      await setImmediate();
      const { user, system } = process.threadCpuUsage(before);
      // Waiting is no step.
      if (user + system > 2000) steps.push(user + system);
    }
  })();
  await sourceFor(at(peer.url)).listActions(contextWith());
  over.abort();
  await watching;
  const all = steps.reduce((sum, step) => sum + step, 0);
  assert.ok(Math.max(...steps) < all / 3, `steps of ${steps.join(', ')} microseconds`);
});
