// Each server of test/peers/odd, through a gateway: what is said of its tools, and what becomes of a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start as discoveryCut } from './peers/odd/http-discovery-cut.ts';
import { start as expiredMeanwhile } from './peers/odd/http-expired-meanwhile.ts';
import { start as failureWithAnswer } from './peers/odd/http-failure-with-answer.ts';
import { startWithEmptyLines, startWithNotifications } from './peers/odd/http-flood.ts';
import { start as forbidden } from './peers/odd/http-forbidden.ts';
import { start as forbiddenDiscovery } from './peers/odd/http-forbidden-discovery.ts';
import { start as hangsUp } from './peers/odd/http-hangs-up.ts';
import { start as hangsUpAndForgets } from './peers/odd/http-hangs-up-and-forgets.ts';
import { start as hangsUpForEver } from './peers/odd/http-hangs-up-for-ever.ts';
import { start as manyValues } from './peers/odd/http-many-values.ts';
import { start as missingBehind } from './peers/odd/http-missing-behind.ts';
import { startHangingUp as oldHangsUp, start as oldSse } from './peers/odd/http-old-sse.ts';
import { start as silentDiscovery } from './peers/odd/http-silent-discovery.ts';
import { start as wantsSignIn } from './peers/odd/http-wants-sign-in.ts';
import { done, type OddServer } from './peers/odd/scripted-http.ts';
import { startGateway } from './support/gateway.ts';

/** `listed`: the names of its tools, or what is said instead. `called`: its answer, or why there is none. */
interface Expected {
  readonly listed: readonly string[] | RegExp;
  readonly called?: object | RegExp;
  /** How often a call arrives; once where it is not said. */
  readonly calls?: number;
}

const works: Expected = { listed: ['do'], called: done };

const nobodyKnows =
  /^The MCP server at 127\.0\.0\.1:\d+ closed the connection before it answered\. Check the server's own log\. The call may have been carried out/;

const overHttp: Readonly<Record<string, Expected & { readonly start: () => Promise<OddServer> }>> = {
  'discovery is never answered': { ...works, start: silentDiscovery },
  'discovery is forbidden': { ...works, start: forbiddenDiscovery },
  'discovery cuts the connection': { ...works, start: discoveryCut },
  'a stream is to be resumed': { ...works, start: hangsUp },
  'a stream ends again and again': { ...works, called: nobodyKnows, start: hangsUpForEver },
  'a stream cannot be resumed': { ...works, called: nobodyKnows, start: hangsUpAndForgets },
  'a stream may not be resumed any more': { ...works, called: nobodyKnows, start: expiredMeanwhile },
  'what is behind it has no such page': {
    ...works,
    called: /has nothing at this path \(HTTP 404\)\..* The call may have been carried out/,
    start: missingBehind,
  },
  'an answer has a status of failure': { ...works, start: failureWithAnswer },
  'empty lines before the answer': { ...works, start: startWithEmptyLines },
  'notifications instead of an answer': {
    ...works,
    called: /sent more than 10000 events, which is not read\..* The call may have been carried out/,
    start: startWithNotifications,
  },
  'an answer of too many values': {
    ...works,
    called: { _withheld: 'The server answered, with more than 50000 values, which are not read.' },
    start: manyValues,
  },
  'it is of 2024': { ...works, start: oldSse },
  'it is of 2024, and hangs up': { ...works, called: nobodyKnows, start: oldHangsUp },
  'it wants a sign-in': {
    listed:
      /^The MCP server at 127\.0\.0\.1:\d+ wants an OAuth sign-in \(HTTP 401\), which connectors do not do\. If it takes a token or an API key as well, keep that as a secret, and name it in the connector's auth\.$/,
    start: wantsSignIn,
  },
  'everything is forbidden': {
    listed:
      /^The MCP server at 127\.0\.0\.1:\d+ refuses the connector, which shows no credential \(HTTP 403\)\. If the server wants one, keep it as a secret, and name it in the connector's auth; otherwise look at what stands in front of the server\.$/,
    start: forbidden,
  },
};

test('odd servers over HTTP', async (t) => {
  const gateway = await startGateway(t);
  for (const [name, { start, ...expected }] of Object.entries(overHttp)) {
    await t.test(name, async (t) => {
      const server = await start();
      t.after(() => server.close());
      await meet(gateway, { type: 'http', url: server.url }, name, expected);
      if (expected.called !== undefined) assert.equal(server.times('tools/call'), expected.calls ?? 1);
    });
  }
});

interface Local extends Expected {
  readonly args?: readonly string[];
  readonly limits?: object;
}

/** By the name of their file. */
const local: Readonly<Record<string, Local>> = {
  'stdio-bom': works,
  'stdio-noise': works,
  'stdio-mute': {
    limits: { listMs: 4000 },
    listed:
      /^The MCP server "stdio-mute" did not answer within 4 s\. Check that it works, then try again\. It wrote to standard error: waiting for the database at db\.internal\. It also wrote 2 lines to standard output that are no messages of MCP; the first: Welcome\.$/,
  },
  'stdio-progress': { ...works, limits: { startMs: 15_000, callMs: 1500, longestCallMs: 10_000 } },
  'stdio-hangs-in-call': {
    limits: { callMs: 4000 },
    listed: ['do'],
    called:
      /^The MCP server "stdio-hangs-in-call" did not answer within 4 s\. .* It wrote to standard error: the file is locked\. The call may have been carried out: look there before trying again\.$/,
  },
};

const endless = {
  args: ['endless'],
  limits: { startMs: 15_000, callMs: 1500, longestCallMs: 2500 },
  called:
    /^The MCP server "stdio-progress endless" did not answer within 2\.5 s\. .* may have been carried out/,
};

test('odd local servers', async (t) => {
  const gateway = await startGateway(t);
  const progress = ['stdio-progress', { ...works, ...endless }] as const;
  for (const [name, { args = [], limits = {}, ...expected }] of [...Object.entries(local), progress]) {
    const called = [name, ...args].join(' ');
    await t.test(called, async () => {
      const program = fileURLToPath(new URL(`peers/odd/${name}.ts`, import.meta.url));
      await meet(
        gateway,
        { type: 'stdio', command: process.execPath, args: [program, ...args], limits },
        called,
        expected,
      );
    });
  }
});

async function meet(
  gateway: Awaited<ReturnType<typeof startGateway>>,
  transport: object,
  name: string,
  { listed, called }: Expected,
): Promise<void> {
  const owner = { token: gateway.ownerToken };
  const created = await gateway.call('POST', '/v1/connectors', {
    ...owner,
    body: { name, transport, defaultRisk: 'read' },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { id, sourceId } = created.body.connector;
  const tools = await gateway.call('GET', `/v1/connectors/${id}/tools`, owner);
  const said = tools.body.tools?.map((tool: { id: string }) => tool.id) ?? tools.body.error.message;
  if (listed instanceof RegExp) assert.match(String(said), listed);
  else assert.deepEqual(said, listed);
  if (called === undefined) return;
  const session = await gateway.session();
  const answer = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
    token: session.token,
    body: { sourceId, actionId: 'do', params: {} },
  });
  if (called instanceof RegExp) assert.match(String(answer.body.invocation?.error), called);
  else assert.deepEqual(answer.body.result, called, JSON.stringify(answer.body));
}
