import assert from 'node:assert/strict';
import { type McpPeer, type PeerTool, peerTools, startMcpPeer } from '../peers/mcp.ts';
import type { PageGateway } from './page.ts';

/** A gateway in which something of everything has been set up and has happened. */
export interface Populated {
  readonly gateway: PageGateway;
  readonly notes: McpPeer;
  readonly automationId: string;
  readonly sessionId: string;
  /** Of one that completed, and one that waits. */
  readonly completedId: string;
  readonly pendingId: string;
}

/** What people and strangers write, wherever they may. */
export interface Writing {
  readonly name: (what: string) => string;
  readonly text: (what: string) => string;
  readonly tools: readonly PeerTool[];
  readonly result: () => unknown;
}

export const plainWriting: Writing = {
  name: (what) => what,
  text: (what) => what,
  tools: peerTools,
  result: () => ({ content: [{ type: 'text', text: 'A note.' }] }),
};

/** Fills it through the same doors that people and agents have. */
export async function populated(gateway: PageGateway, writing: Writing = plainWriting): Promise<Populated> {
  const notes = await startMcpPeer({ state: { tools: [...writing.tools], onCall: writing.result } });
  gateway.end.after(() => notes.close());
  const { admin } = gateway;
  const connector = await addConnector(gateway, writing.name('notes'), notes.url);
  await addConnector(gateway, writing.name('down'), 'http://127.0.0.1:9/mcp');
  const automationId = (await admin('POST', '/v1/automations', { name: writing.name('release notes') })).body
    .automation.id;
  await admin('PUT', `/v1/automations/${automationId}/action-modes/${key(gateway, 'read_text_file')}`, {
    mode: 'deny',
  });
  await settings(gateway, writing);
  const done = await history(gateway, writing, { connector, automationId });
  return { gateway, notes, automationId, ...done };
}

async function addConnector(
  { admin }: PageGateway,
  name: string,
  url: string,
): Promise<{ id: string; sourceId: string }> {
  return (await admin('POST', '/v1/connectors', { name, transport: { type: 'http', url } })).body.connector;
}

function key({ filesId }: PageGateway, actionId: string): string {
  return encodeURIComponent(`connector:${filesId}:${actionId}`);
}

async function settings(gateway: PageGateway, { name, text }: Writing): Promise<void> {
  const { admin } = gateway;
  await admin('PUT', '/v1/secrets/DOCS_TOKEN', { value: 'a-secret-value-of-docs' });
  await admin('PUT', '/v1/integrations/linear', {
    token: 'lin_api_0123456789',
    baseUrl: 'http://127.0.0.1:9/graphql',
  });
  await admin('POST', '/v1/notifications', { kind: 'webhook', target: 'http://127.0.0.1:9/hook' });
  await admin('POST', '/v1/members', { email: 'kim@example.com', role: 'admin' });
  await admin('POST', '/v1/tokens', { name: name('laptop') });
  await admin('PUT', '/v1/preferences/actions', { disabled: [text('gone:action'), 'slack'] });
  await gateway.person('member');
}

interface Under {
  readonly connector: { readonly id: string; readonly sourceId: string };
  readonly automationId: string;
}

/** One invocation in each status that ends, and some that wait; sessions that live, and one that was revoked. */
async function history(
  gateway: PageGateway,
  { name, text, tools }: Writing,
  { connector, automationId }: Under,
) {
  const { admin } = gateway;
  const agent = await gateway.session(gateway.ownerToken, { name: name('release-bot'), automationId });
  const over = await gateway.session(gateway.ownerToken, { name: name('over') });
  await admin('DELETE', `/v1/sessions/${over.id}`);
  const [read, destroy] = tools.map((tool) => String(tool['name']));
  const invoke = (sourceId: string, actionId: string | undefined, params: object) =>
    gateway.call('POST', `/v1/sessions/${agent.id}/actions/invoke`, {
      token: agent.token,
      body: { sourceId, actionId, params },
    });
  const completed = await invoke(connector.sourceId, read, { id: text('monday') });
  assert.equal(completed.status, 200, JSON.stringify(completed.body));
  assert.equal((await invoke(connector.sourceId, destroy, {})).status, 403);
  const failed = await gateway.ask('read_text_file', { path: text('/nowhere') });
  assert.deepEqual(
    [failed.status, failed.body.invocation.status],
    [200, 'failed'],
    JSON.stringify(failed.body),
  );
  const denied = await gateway.askToWrite('denied.txt', text('Not this.'));
  await admin('POST', `/v1/sessions/${gateway.agent.id}/actions/invocations/${denied}/deny`, {
    reason: text('not today'),
  });
  const pendingId = await gateway.askToWrite(
    'report.txt',
    text('Written by an agent, with a person’s assent.\n'),
  );
  await gateway.askToWrite(
    'summary.md',
    text('# Summary\n\nA line of text that goes on.\n'.repeat(30)),
    agent,
  );
  return { sessionId: agent.id, completedId: completed.body.invocation.id as string, pendingId };
}
