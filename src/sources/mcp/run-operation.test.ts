import assert from 'node:assert/strict';
import type http from 'node:http';
import { type TestContext, test } from 'node:test';
import {
  answerHandshake,
  answerJson,
  type McpPeer,
  methodOf,
  startMcpPeer,
  startRawPeer,
} from '../../../test/peers/mcp.ts';
import { at, contextWith, failureOf, sourceFor } from '../../../test/peers/mcp-client.ts';

const again = ' The call may have been carried out: look there before trying again.';

interface Misbehaving {
  readonly url: string;
  readonly calls: () => number;
  readonly host: string;
}

/** A stateless 2025 server that does `how` at the JSON-RPC method `where`. */
async function misbehaving(
  t: TestContext,
  where: string,
  how: (response: http.ServerResponse, body: unknown) => unknown,
): Promise<Misbehaving> {
  let calls = 0;
  const peer = await startRawPeer((_request, response, body) => {
    if (methodOf(body) === 'tools/call') calls += 1;
    if (methodOf(body) === where) return how(response, body);
    if (answerHandshake(response, body)) return undefined;
    return answerJson(response, body, methodOf(body) === 'tools/list' ? { tools: [] } : { content: [] });
  });
  t.after(() => peer.close());
  return { url: peer.url, host: new URL(peer.url).host, calls: () => calls };
}

const send =
  (status: number, type = 'text/plain', text = 'Bearer hunter2') =>
  (response: http.ServerResponse): void => {
    response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' }).end(text);
  };

const noMcp = "sent something that is not MCP. Check the connector's address, and the server's own log.";
const closed = "closed the connection before it answered. Check the server's own log.";
const refused = (status: number): string =>
  `refuses the connector, which shows no credential (HTTP ${status}). If the server wants one, keep it as a secret, and name it in the connector's auth; otherwise look at what stands in front of the server.`;

interface Meeting {
  readonly how: (response: http.ServerResponse, body: unknown) => unknown;
  readonly said: string;
  /** Whether a call that met this may have been carried out. */
  readonly uncertain: boolean;
}

const meetings: Readonly<Record<string, Meeting>> = {
  'a 401': { how: send(401), said: refused(401), uncertain: false },
  'a 403': { how: send(403), said: refused(403), uncertain: false },
  'a 404': {
    how: send(404),
    said: "has nothing at this path (HTTP 404). Check the path in the connector's address, often /mcp.",
    uncertain: true,
  },
  'a 500': { how: send(500), said: "answered with HTTP 500. Check the server's own log.", uncertain: true },
  'a 307': {
    how: send(307),
    said: 'redirects to another address (HTTP 307), which is not followed. Give the connector the final address.',
    uncertain: true,
  },
  'a page': { how: send(200, 'text/html', '<html>'), said: noMcp, uncertain: true },
  'half a JSON': { how: send(200, 'application/json', '{"jsonrpc"'), said: noMcp, uncertain: true },
  'no JSON-RPC': { how: send(200, 'application/json', '{"hello":1}'), said: noMcp, uncertain: true },
  'a stream without an answer': { how: send(200, 'text/event-stream', ''), said: closed, uncertain: true },
  'a cut': { how: (response) => response.destroy(), said: closed, uncertain: true },
};

/** What is no list, and no handshake, and an answer to a call. */
const strange: Readonly<Record<string, Meeting['how']>> = {
  'a strange result': (response, body) => answerJson(response, body, { content: 5, tools: 5 }),
  'a null result': (response, body) => answerJson(response, body, null),
};

for (const [name, how] of Object.entries(strange)) {
  test(`a call that meets ${name} is answered; a list is source_unavailable; a handshake sends no call`, async (t) => {
    const calling = await misbehaving(t, 'tools/call', how);
    assert.equal((await sourceFor(at(calling.url)).execute('x', {}, contextWith())).isError, false);
    const listing = await misbehaving(t, 'tools/list', how);
    assert.equal(
      await failureOf(sourceFor(at(listing.url)).listActions(contextWith())),
      `source_unavailable: The MCP server at ${listing.host} ${noMcp}`,
    );
    const greeting = await misbehaving(t, 'initialize', how);
    const failure = await failureOf(
      sourceFor(at(greeting.url), { callMs: 2000 }).execute('x', {}, contextWith()),
    );
    assert.match(failure, /^source_unavailable: The MCP server at /);
    assert.equal(greeting.calls(), 0);
  });
}

for (const [name, { how, said, uncertain }] of Object.entries(meetings)) {
  test(`a call that meets ${name} is action_failed, and sent once`, async (t) => {
    const server = await misbehaving(t, 'tools/call', how);
    const failure = await failureOf(sourceFor(at(server.url)).execute('x', {}, contextWith()));
    assert.equal(failure, `action_failed: The MCP server at ${server.host} ${said}${uncertain ? again : ''}`);
    assert.equal(server.calls(), 1);
  });

  test(`a list that meets ${name} is source_unavailable`, async (t) => {
    const server = await misbehaving(t, 'tools/list', how);
    const failure = await failureOf(sourceFor(at(server.url)).listActions(contextWith()));
    assert.equal(failure, `source_unavailable: The MCP server at ${server.host} ${said}`);
  });
}

const challenge = 'Bearer resource_metadata="https://a.example/x"';

for (const [status, header, said] of [
  [401, undefined, "refuses the connector's credentials (HTTP 401). Check the connector's secret."],
  [403, challenge, "refuses the connector's credentials (HTTP 403). Check the connector's secret."],
  [
    401,
    challenge,
    "refuses the connector's credentials (HTTP 401), and wants an OAuth sign-in, which connectors do not do. Check the connector's secret: it may have expired, or must be a token that was made at the server.",
  ],
] as const) {
  test(`a ${status} for a credential, with ${header ?? 'no challenge'}, is about the credential`, async (t) => {
    const server = await misbehaving(t, 'tools/call', (response) =>
      response.writeHead(status, header === undefined ? {} : { 'www-authenticate': header }).end(),
    );
    const source = sourceFor(at(server.url), {}, { auth: { type: 'bearer', secretKey: 'TOKEN' } });
    assert.equal(
      await failureOf(source.execute('x', {}, contextWith({ TOKEN: 'hunter2' }))),
      `action_failed: The MCP server at ${server.host} ${said}`,
    );
  });
}

test('a handshake that fails sends no call', async (t) => {
  for (const [name, { how }] of Object.entries(meetings)) {
    const server = await misbehaving(t, 'initialize', how);
    const failure = await failureOf(
      sourceFor(at(server.url), { callMs: 2000 }).execute('x', {}, contextWith()),
    );
    assert.match(failure, /^source_unavailable: The MCP server at /, name);
    assert.equal(server.calls(), 0, name);
  }
});

const hang = (): void => undefined;
const hangInBody = (response: http.ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{');
};
const hangInStream = (response: http.ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n');
};

for (const stage of ['initialize', 'notifications/initialized', 'tools/list']) {
  for (const how of [hang, hangInBody, hangInStream]) {
    test(`a listing ends at its deadline where ${stage} meets a ${how.name}`, async (t) => {
      const server = await misbehaving(t, stage, how);
      // The server never answers: without the deadline, nothing would end this test.
      const failure = await failureOf(sourceFor(at(server.url), { listMs: 200 }).listActions(contextWith()));
      assert.match(
        failure,
        /^source_unavailable: .* did not answer within 0\.2 s\. Check that it works, then try again\.$/,
      );
    });
  }
}

for (const how of [hang, hangInBody, hangInStream]) {
  test(`a server whose answer to server/discover is a ${how.name} is taken for one of 2025`, async (t) => {
    const server = await misbehaving(t, 'server/discover', how);
    assert.deepEqual(await sourceFor(at(server.url), { listMs: 900 }).listActions(contextWith()), []);
  });
}

test('a slow server of 2026 that does not know initialize is asked again, with patience', async (t) => {
  const asked: string[] = [];
  const peer = await startMcpPeer({ revision: '2026', state: { tools: [] } });
  t.after(() => peer.close());
  const slow = await startRawPeer(async (request, response, body) => {
    asked.push(methodOf(body));
    if (asked.length === 1) return undefined;
    const names = ['content-type', 'accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];
    const headers = names.map((name): [string, string] => [name, String(request.headers[name] ?? '')]);
    const sent = headers.filter(([, value]) => value !== '');
    const answer = await fetch(peer.url, { method: 'POST', headers: sent, body: JSON.stringify(body) });
    const type = answer.headers.get('content-type') ?? '';
    return response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
  });
  t.after(() => slow.close());
  assert.deepEqual(await sourceFor(at(slow.url), { listMs: 3000 }).listActions(contextWith()), []);
  assert.deepEqual(asked, ['server/discover', 'initialize', 'server/discover', 'tools/list']);
});

test('a call ends at its deadline, says that it may have been carried out, and is not sent again', async (t) => {
  const server = await misbehaving(t, 'tools/call', hang);
  const failure = await failureOf(
    sourceFor(at(server.url), { callMs: 2000 }).execute('x', {}, contextWith()),
  );
  assert.match(
    failure,
    /^action_failed: .* did not answer within 2 s\. Check that it works, then try again\. The call may have been carried out/,
  );
  assert.equal(server.calls(), 1);
});

test('nothing stays connected after a deadline', async (t) => {
  const cut = Promise.withResolvers<void>();
  const server = await misbehaving(t, 'tools/call', (response) => {
    response.once('close', cut.resolve);
  });
  await failureOf(sourceFor(at(server.url), { callMs: 2000 }).execute('x', {}, contextWith()));
  await cut.promise;
});

test('a slow list of many pages has one deadline for all of them', async (t) => {
  let page = 0;
  const server = await misbehaving(t, 'tools/list', (response, body) => {
    page += 1;
    return page < 4 ? answerJson(response, body, { tools: [], nextCursor: `${page}` }) : undefined;
  });
  const failure = await failureOf(sourceFor(at(server.url), { listMs: 3000 }).listActions(contextWith()));
  assert.match(failure, /^source_unavailable: .* did not answer within 3 s/);
  assert.equal(page, 4);
});

test('a call ends when the gateway stops waiting', async (t) => {
  const controller = new AbortController();
  const server = await misbehaving(t, 'tools/call', () => controller.abort());
  const call = sourceFor(at(server.url)).execute('x', {}, contextWith({}, { signal: controller.signal }));
  assert.match(
    await failureOf(call),
    /^action_failed: The MCP server at .* was given up: the gateway stopped waiting\. The call may have been/,
  );
});

test('what is aborted beforehand is not begun', async (t) => {
  const peer = await peerFor(t);
  const signal = AbortSignal.abort();
  for (const sessionId of [null, 's1']) {
    const source = sourceFor(at(peer.url));
    assert.match(
      await failureOf(source.listActions(contextWith({}, { signal, sessionId }))),
      /^source_unavailable: .*the gateway stopped waiting/i,
    );
    assert.match(
      await failureOf(source.execute('wipe', {}, contextWith({}, { signal, sessionId }))),
      /^source_unavailable: .*the gateway stopped waiting/i,
    );
  }
  assert.deepEqual(peer.state.requests, []);
});

async function peerFor(t: TestContext): Promise<McpPeer> {
  const peer = await startMcpPeer({ revision: '2025' });
  t.after(() => peer.close());
  return peer;
}

/** A 2025 server with sessions, which forgets the session before each of the first `losses` calls. */
async function forgetful(
  t: TestContext,
  where: string,
  losses: number,
): Promise<{ url: string; arrived: () => number }> {
  let arrived = 0;
  const peer = await startRawPeer((_request, response, body) => {
    if (methodOf(body) === 'initialize') response.setHeader('mcp-session-id', 's1');
    if (methodOf(body) === where) {
      arrived += 1;
      if (arrived <= losses) return response.writeHead(404).end();
    }
    if (answerHandshake(response, body)) return undefined;
    return answerJson(response, body, methodOf(body) === 'tools/list' ? { tools: [] } : { content: [] });
  });
  t.after(() => peer.close());
  return { url: peer.url, arrived: () => arrived };
}

test('a lost session is begun again, once', async (t) => {
  for (const where of ['tools/call', 'notifications/initialized']) {
    const once = await forgetful(t, where, 1);
    assert.deepEqual((await sourceFor(at(once.url)).execute('x', {}, contextWith())).answer, { content: [] });
    assert.equal(once.arrived(), 2);
    const twice = await forgetful(t, where, 2);
    assert.match(await failureOf(sourceFor(at(twice.url)).execute('x', {}, contextWith())), /HTTP 404/);
    assert.equal(twice.arrived(), 2);
  }
  const list = await forgetful(t, 'tools/list', 1);
  assert.deepEqual(await sourceFor(at(list.url)).listActions(contextWith()), []);
  assert.equal(list.arrived(), 2);
});

test('a real server that forgets its sessions is called once more, and does it once', async (t) => {
  const peer = await peerFor(t);
  const source = sourceFor(at(peer.url));
  peer.state.onList = () => peer.forgetSessions();
  await source.listActions(contextWith());
  await source.execute('wipe', {}, contextWith());
  assert.equal(peer.state.calls, 1);
});

test('a session is ended when the operation is over', async (t) => {
  const ended = Promise.withResolvers<void>();
  const peer = await startRawPeer((request, response, body) => {
    if (methodOf(body) === 'initialize') response.setHeader('mcp-session-id', 's1');
    if (request.method === 'DELETE') {
      assert.equal(request.headers['mcp-session-id'], 's1');
      ended.resolve();
    }
    if (!answerHandshake(response, body)) answerJson(response, body, { content: [] });
  });
  t.after(() => peer.close());
  await sourceFor(at(peer.url)).execute('x', {}, contextWith());
  await ended.promise;
});

test('a question asked back is refused, and not answered', async (t) => {
  const peer = await startMcpPeer({ revision: '2026' });
  t.after(() => peer.close());
  peer.state.onCall = () => ({ resultType: 'input_required', requestState: 'x' });
  const failure = await failureOf(sourceFor(at(peer.url)).execute('wipe', {}, contextWith()));
  assert.match(
    failure,
    /^action_failed: .* asked a question back, which a call through the gateway cannot answer\. Give it all it needs in the params\.$/,
  );
  assert.equal(peer.state.calls, 1);
});

test('a server that is not there is unreachable, for a call too', async (t) => {
  const peer = await startMcpPeer();
  const source = sourceFor(at(peer.url));
  await source.listActions(contextWith());
  await peer.close();
  const expected =
    /^source_unavailable: The MCP server at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. Check the connector's address and that the server runs\.$/;
  assert.match(await failureOf(source.execute('wipe', {}, contextWith())), expected);
  assert.match(await failureOf(source.listActions(contextWith())), expected);
  const unknown = sourceFor(at('http://nowhere.invalid/mcp'));
  assert.match(
    await failureOf(unknown.listActions(contextWith())),
    /^source_unavailable: The MCP server at nowhere\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/,
  );
  const plain = await startRawPeer((_request, response) => response.end());
  t.after(() => plain.close());
  const notTls = sourceFor(at(plain.url.replace('http:', 'https:')));
  assert.match(
    await failureOf(notTls.execute('x', {}, contextWith())),
    /^source_unavailable: .* cannot be reached \(\w+\)/,
  );
  const badPort = sourceFor(at('http://127.0.0.1:1/mcp'));
  assert.match(
    await failureOf(badPort.listActions(contextWith())),
    /^source_unavailable: .* cannot be reached \(no connection was made\)/,
  );
});

test('what is nested too deeply to be read is left out of a list, and cut short in an answer', async (t) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const peer = await startRawPeer((_request, response, body) => {
    if (answerHandshake(response, body)) return;
    const tools = `{"tools":[{"name":"x","inputSchema":{"enum":${deep}}},{"name":"y","inputSchema":{}}]}`;
    const result =
      methodOf(body) === 'tools/list' ? tools : `{"content":[],"structuredContent":{"a":${deep}}}`;
    // The id is the SDK's, a number.
    const { id } = body as { id: number };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(`{"jsonrpc":"2.0","id":${id},"result":${result}}`);
  });
  t.after(() => peer.close());
  const source = sourceFor(at(peer.url));
  assert.deepEqual(
    (await source.listActions(contextWith())).map(({ id }) => id),
    ['y'],
  );
  const { answer } = await source.execute('x', {}, contextWith());
  assert.match(
    JSON.stringify(answer),
    /^\{"content":\[\],"structuredContent":\{"a":\[+"\[too deep\]"\]+\}\}$/,
  );
});
