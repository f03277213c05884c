import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type McpPeer, startMcpPeer } from '../../../test/peers/mcp.ts';
import { at, contextWith, failureOf, running, sourceFor } from '../../../test/peers/mcp-client.ts';

async function peerFor(t: TestContext): Promise<McpPeer> {
  const peer = await startMcpPeer();
  t.after(() => peer.close());
  return peer;
}

const bearer = { type: 'bearer', secretKey: 'KEY' } as const;
const header = { type: 'header', header: 'X-Api-Key', secretKey: 'KEY' } as const;

test('a bearer token and a header reach the server, at each request', async (t) => {
  const peer = await peerFor(t);
  const context = contextWith({ KEY: 'hunter2' });
  const source = sourceFor(at(peer.url), {}, { auth: bearer });
  await source.listActions(context);
  assert.equal(peer.state.headers['authorization'], 'Bearer hunter2');
  await source.execute('wipe', {}, contextWith({ KEY: 'changed' }));
  assert.equal(peer.state.headers['authorization'], 'Bearer changed');
  await sourceFor(at(peer.url), {}, { auth: header }).listActions(context);
  assert.equal(peer.state.headers['x-api-key'], 'hunter2');
  await sourceFor(at(peer.url)).listActions(context);
  assert.equal(peer.state.headers['authorization'], undefined);
});

test('a secret that is not set is said, and nothing is sent', async (t) => {
  const peer = await peerFor(t);
  const source = sourceFor(at(peer.url), {}, { auth: bearer });
  assert.equal(
    await failureOf(source.execute('wipe', {}, contextWith())),
    'source_unavailable: The secret "KEY" is not set.',
  );
  assert.deepEqual(peer.state.requests, []);
});

test('a secret that could become something else on the wire is refused, and not shown', async (t) => {
  const peer = await peerFor(t);
  const host = new URL(peer.url).host;
  const cannot = `source_unavailable: The MCP server at ${host} cannot be used: the secret "KEY" has `;
  const expected: readonly [string, string][] = [
    ['hunter2\r\nX-Admin: 1', 'a line break or a NUL in it. Set it anew, without.'],
    ['hunter2\n', 'a line break or a NUL in it. Set it anew, without.'],
    ['hunter2\0', 'a line break or a NUL in it. Set it anew, without.'],
    ['hunter2€', 'characters that no HTTP header can carry. Set it anew.'],
    ['', 'characters that no HTTP header can carry. Set it anew.'],
  ];
  for (const [secret, reason] of expected) {
    for (const auth of [bearer, header]) {
      const source = sourceFor(at(peer.url), {}, { auth });
      assert.equal(await failureOf(source.listActions(contextWith({ KEY: secret }))), `${cannot}${reason}`);
    }
  }
  assert.deepEqual(peer.state.requests, []);
});

test('a server that repeats the secret does not get it into a message', async (t) => {
  const peer = await peerFor(t);
  const source = sourceFor(at(peer.url), {}, { auth: bearer });
  peer.state.onCall = () => {
    throw new Error(`bad ${peer.state.headers['authorization']}`);
  };
  const context = contextWith({ KEY: 'hunter2' });
  assert.match(
    await failureOf(source.execute('wipe', {}, context)),
    /^action_failed: .* refused: bad Bearer \[redacted\] /,
  );
  const command = sourceFor(
    running('dies'),
    {},
    { auth: { type: 'header', header: 'PEER_KEY', secretKey: 'KEY' } },
  );
  assert.match(
    await failureOf(command.execute('look', {}, context)),
    /exit code 3: cannot open the database, key \[redacted\]/,
  );
});

test('an address with a user name or password in it is refused, and not shown', async () => {
  const failure = await failureOf(
    sourceFor(at('http://user:hunter2@127.0.0.1:9/mcp')).listActions(contextWith()),
  );
  assert.equal(
    failure,
    "source_unavailable: The MCP server at 127.0.0.1:9 cannot be used: its address holds a user name or a password. Keep that in a secret, and name it in the connector's auth.",
  );
});

test('a local command gets a secret as an environment variable, and no bearer token', async () => {
  const context = contextWith({ KEY: 'hunter2' });
  const source = sourceFor(
    running('ordinary'),
    {},
    { auth: { type: 'header', header: 'PEER_KEY', secretKey: 'KEY' } },
  );
  assert.match(JSON.stringify(await source.execute('look', {}, context)), /\\"PEER_KEY\\":\\"hunter2\\"/);
  assert.match(
    await failureOf(sourceFor(running('ordinary'), {}, { auth: bearer }).listActions(context)),
    /^source_unavailable: .* a local command takes no bearer token\. Use the auth type "header" with the name of an environment variable\.$/,
  );
  assert.match(
    await failureOf(sourceFor(running('ordinary'), {}, { auth: header }).listActions(context)),
    /^source_unavailable: .* "X-Api-Key" is no name of an environment variable\. Use letters, digits and "_"\.$/,
  );
});
