import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { providerSources } from '../../src/gateway/actions/provider-sources.ts';
import { type Answer, startGateway } from './gateway.ts';
import { type ProviderId, startVendor, type VendorPeer } from './provider-cases.ts';

/** A gateway whose organization has set up one provider, its vendor a stand-in. `limitMs` is of each action, in milliseconds. */
export async function setUpProvider(
  t: TestContext,
  id: ProviderId,
  limitMs = 10_000,
  allowPrivateAddresses = true,
  given?: VendorPeer,
) {
  const vendor = given ?? (await startVendor[id]());
  t.after(() => vendor.close());
  const gateway = await startGateway(t, {
    sourceKinds: [providerSources({ allowPrivateAddresses, limitMs })],
  });
  const owner = { token: gateway.ownerToken };
  const body = { token: vendor.token, baseUrl: vendor.url };
  assert.equal((await gateway.call('PUT', `/v1/integrations/${id}`, { ...owner, body })).status, 200);
  const session = await gateway.session();
  const invoke = (actionId: string, params: object) =>
    gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
      token: session.token,
      body: { sourceId: id, actionId, params },
    });
  const decide = (answer: Answer, verb: string) =>
    gateway.call(
      'POST',
      `/v1/sessions/${session.id}/actions/invocations/${answer.body.invocation.id}/${verb}`,
      owner,
    );
  const mode = (actionId: string, value: string) =>
    gateway.call('PUT', `/v1/action-modes/${encodeURIComponent(`${id}:${actionId}`)}`, {
      ...owner,
      body: { mode: value },
    });
  return { vendor, gateway, owner, session, invoke, decide, mode };
}
