// Each server of test/peers/odd with an odd list, schema or answer, through a gateway: which of its tools are listed, which are left
// out and why, what of them is not checked, and what comes of a call.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type OddTools, startOddTools } from './peers/odd/scripted-tools.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';

const folder = join(import.meta.dirname, 'peers/odd');
const files = readdirSync(folder).filter((name) => /^(?:list|schema|answer)-/.test(name));

test('servers with odd lists, schemas and answers', async (t) => {
  assert.equal(files.length, 14);
  const gateway = await startGateway(t);
  const session = await gateway.session();
  for (const file of files) {
    await t.test(file, async (t) => {
      const { server }: { server: OddTools } = await import(join(folder, file));
      const peer = await startOddTools(server);
      t.after(() => peer.close());
      const sourceId = await meet(gateway, peer.url, file, server);
      for (const [actionId, params] of Object.entries(server.called)) {
        const { status, body } = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
          token: session.token,
          body: { sourceId, actionId, params },
        });
        assert.equal(status, 200, JSON.stringify(body));
        const said = JSON.stringify(body.result);
        assert.ok(said.includes(server.said ?? JSON.stringify(params)), said);
        assert.deepEqual(body.invocation.result, body.result);
        assert.deepEqual(body.invocation.params, params);
      }
    });
  }
});

/** Adds it as a connector, and looks at what is said of its tools. */
async function meet(gateway: TestGateway, url: string, name: string, server: OddTools): Promise<string> {
  const owner = { token: gateway.ownerToken };
  const body = { name, transport: { type: 'http', url }, defaultRisk: 'read' };
  const { connector } = (await gateway.call('POST', '/v1/connectors', { ...owner, body })).body;
  const tools = await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner);
  assert.equal(tools.status, 200, JSON.stringify(tools.body));
  assert.deepEqual(tools.body.omitted, server.omitted ?? []);
  const all: { id: string; unchecked: string[] }[] = tools.body.tools;
  for (const id of Object.keys(server.called))
    assert.ok(
      all.some((tool) => tool.id === id),
      id,
    );
  assert.deepEqual(
    all.flatMap(({ unchecked }) => unchecked).toSorted(),
    [...(server.unchecked ?? [])].toSorted(),
  );
  const actions = await gateway.call('GET', `/v1/sources/${connector.sourceId}/actions`, owner);
  assert.deepEqual(actions.body.omitted, tools.body.omitted);
  for (const { tool, reason } of server.omitted ?? [])
    await refused(gateway, connector.id, all, tool, reason);
  return connector.sourceId;
}

/** Who reviews a tool that is left out hears why. */
async function refused(
  gateway: TestGateway,
  id: string,
  all: readonly { id: string }[],
  tool: string,
  reason: string,
): Promise<void> {
  if (tool.startsWith('(') || all.some((one) => one.id === tool)) return;
  const path = `/v1/connectors/${id}/tools/${encodeURIComponent(tool)}`;
  const answer = await gateway.call('PUT', path, { token: gateway.ownerToken, body: {} });
  assert.deepEqual([answer.status, answer.body.error.message], [404, `"${tool}" is left out: ${reason}.`]);
}
