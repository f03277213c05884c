// Every action of every provider, from the agent's request to the vendor and back; and what becomes of it when the vendor fails.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { providers } from '../src/sources/providers.ts';
import { incidents } from './peers/vendors/slack-data.ts';
import type { Answer } from './support/gateway.ts';
import {
  anIssue,
  cases,
  isChange,
  type ProviderId,
  type VendorPeer,
  writes,
} from './support/provider-cases.ts';
import { setUpProvider as set } from './support/provider-gateway.ts';

/** Nothing that anybody was told or that was kept holds the token. */
function assertSecret(vendor: VendorPeer, ...told: unknown[]): void {
  assert.ok(!JSON.stringify(told).includes(vendor.token), 'the token has come out');
}

for (const provider of providers) {
  const id = provider.id as ProviderId;
  describe(provider.displayName, () => {
    test('is in the catalog with descriptions, schemas and a guide', async (t) => {
      const { gateway, session } = await set(t, id);
      const base = `/v1/sessions/${session.id}/actions`;
      const { body } = await gateway.call('GET', `${base}/available`, { token: session.token });
      const [source] = body.sources;
      assert.deepEqual([source.id, source.kind, source.displayName], [id, 'provider', provider.displayName]);
      assert.deepEqual(
        source.actions.map((action: { id: string }) => action.id),
        Object.keys(cases[id]),
      );
      for (const action of source.actions) {
        assert.ok(action.description.length > 10, action.id);
        assert.equal(action.params.type, 'object');
        assert.equal(action.mode, action.riskLevel === 'read' ? 'allow' : 'require_approval', action.id);
      }
      const { body: guide } = await gateway.call('GET', `${base}/guide/${id}`, { token: session.token });
      assert.match(guide.guide, new RegExp(`^# ${provider.displayName}\n`));
    });

    for (const { id: actionId, risk } of provider.actions) {
      test(`${actionId} runs in every mode`, async (t) => {
        const { vendor, gateway, owner, invoke, decide, mode } = await set(t, id);
        if ('schemaNote' in vendor) t.diagnostic(String(vendor.schemaNote));
        const one = cases[id][actionId];
        assert.ok(one, `${actionId} has no case`);
        const params =
          actionId === 'get_event' ? { ...one.params, event: await someEvent(invoke) } : one.params;
        vendor.faults.clear();
        const before = vendor.requests.length;

        await mode(actionId, 'deny');
        const denied = await invoke(actionId, params);
        assert.deepEqual([denied.status, denied.body.error.code], [403, 'denied']);
        await mode(actionId, 'require_approval');
        const asked = await invoke(actionId, params);
        assert.equal(asked.status, 202, JSON.stringify(asked.body));
        assert.equal(
          vendor.requests.length,
          before,
          'nothing is asked of the vendor before somebody assents',
        );
        const approved = await decide(asked, 'approve');
        assert.equal(approved.status, 200, JSON.stringify(approved.body));
        assert.partialDeepStrictEqual(approved.body.result, one.answers);
        await mode(actionId, 'allow');
        const allowed = await invoke(actionId, params);
        assert.equal(allowed.status, 200, JSON.stringify(allowed.body));
        assert.partialDeepStrictEqual(allowed.body.result, one.answers);
        assert.equal(allowed.body.invocation.riskLevel, risk);
        const history = await gateway.call('GET', '/v1/invocations', owner);
        assertSecret(vendor, denied.body, asked.body, approved.body, allowed.body, history.body);
      });
    }
  });
}

async function someEvent(invoke: (actionId: string, params: object) => Promise<Answer>): Promise<string> {
  const { body } = await invoke('list_issue_events', { organization: 'example', issue: anIssue });
  return body.result.events[0].eventID;
}

const reads: Readonly<Record<ProviderId, readonly [string, object]>> = {
  linear: ['list_teams', {}],
  sentry: ['list_projects', { organization: 'example' }],
  slack: ['list_channels', {}],
};
for (const { id: name, displayName } of providers) {
  const id = name as ProviderId;
  const fails = (answer: Answer, code: string, message: RegExp) => {
    assert.equal(answer.status, 502, JSON.stringify(answer.body));
    assert.equal(answer.body.error.code, code);
    assert.match(answer.body.error.message, message);
    assert.match(answer.body.error.message, new RegExp(`^${displayName} `));
  };

  describe(`${displayName}, when it fails`, () => {
    const failures: [what: string, fault: object, code: string, message: RegExp][] = [
      [
        'answers HTML',
        { html: true },
        'action_failed',
        /something that is not its API .*Check the base URL\.$/,
      ],
      [
        'is down',
        { status: 503 },
        'action_failed',
        /has trouble of its own \(HTTP 503\)\. Try again later\.$/,
      ],
      [
        'sends 50 MB',
        { hugeBytes: 50_000_000 },
        'action_failed',
        /sent more than 4 MB, which is not read\. Ask it for less\.$/,
      ],
      [
        'redirects to a private address',
        { redirectTo: 'http://169.254.169.254/latest/meta-data' },
        'action_failed',
        /redirects to another address \(HTTP 302\), which is not followed\./,
      ],
      ['says nothing', { silent: true }, 'action_failed', /did not answer within 0\.8 s\.$/],
      [
        'cuts the connection',
        { resetConnection: true },
        'action_failed',
        /closed the connection before it answered\.$/,
      ],
      [
        'has had enough',
        { rateLimit: 30 },
        'action_failed',
        /^\w+ has had enough requests for now\. Try again in \d+ s\.$/,
      ],
    ];
    for (const [what, fault, code, message] of failures) {
      test(`${what}: one sentence, and the row ends failed with it`, async (t) => {
        const { vendor, gateway, owner, invoke } = await set(t, id, 800);
        vendor.faults.add(fault);
        const answer = await invoke(...reads[id]);
        fails(answer, code, message);
        const { body } = await gateway.call('GET', '/v1/invocations?status=failed', owner);
        assert.equal(body.invocations[0].error, answer.body.error.message);
        assertSecret(vendor, answer.body, body);
      });
    }

    test('a wrong and a revoked token', async (t) => {
      const { vendor, gateway, owner, invoke } = await set(t, id);
      vendor.revoke();
      fails(
        await invoke(...reads[id]),
        'action_failed',
        /does not accept the token .*`assent integrations set`\.$/,
      );
      const body = { token: 'certainly-wrong', baseUrl: vendor.url };
      await gateway.call('PUT', `/v1/integrations/${id}`, { ...owner, body });
      const wrong = await invoke(...reads[id]);
      fails(wrong, 'action_failed', /does not accept the token/);
      assert.ok(!JSON.stringify(wrong.body).includes('certainly-wrong'));
    });

    test('a private address is not called unless it is allowed', async (t) => {
      const { vendor, invoke } = await set(t, id, 5000, false);
      fails(
        await invoke(...reads[id]),
        'action_failed',
        /not public address, which the gateway may not call/,
      );
      assert.equal(vendor.requests.length, 0);
    });

    test('a read is asked again while the vendor is busy', async (t) => {
      const { vendor, invoke } = await set(t, id);
      vendor.faults.add({ status: 503 }, 1);
      vendor.faults.add({ rateLimit: 1 }, 1);
      const answer = await invoke(...reads[id]);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal(vendor.requests.length, 3);
    });

    for (const fault of [{ loseAnswer: true }, { status: 503 }, { rateLimit: 1 }]) {
      test(`a write is never sent twice: ${JSON.stringify(fault)}`, async (t) => {
        const { vendor, invoke, mode } = await set(t, id);
        await mode(writes[id][0], 'allow');
        vendor.faults.add({ ...fault, when: isChange[id] });
        const answer = await invoke(...writes[id]);
        assert.equal(answer.status, 502, JSON.stringify(answer.body));
        if (!('rateLimit' in fault))
          assert.match(answer.body.error.message, /It may have been carried out: look there before/);
        assert.equal(vendor.requests.filter(isChange[id]).length, 1);
      });
    }

    test('params that do not fit are refused before anything is asked', async (t) => {
      const { vendor, invoke } = await set(t, id);
      const [actionId] = reads[id];
      const answer = await invoke(actionId, { nonsense: true });
      assert.deepEqual([answer.status, answer.body.error.code], [400, 'invalid_params']);
      assert.equal(vendor.requests.length, 0);
    });
  });
}

test('what is not there is said by name', async (t) => {
  const linear = await set(t, 'linear');
  await linear.mode('create_issue', 'allow');
  const team = await linear.invoke('create_issue', { team: 'NOPE', title: 'x' });
  assert.match(team.body.error.message, /^Linear has no team "NOPE"\.$/);
  const state = await linear.invoke('create_issue', { team: 'ENG', title: 'x', state: 'Nowhere' });
  assert.match(state.body.error.message, /^Linear has no state "Nowhere" in this team\.$/);
  const slack = await set(t, 'slack');
  const thread = await slack.invoke('read_thread', { channel: incidents, thread: '1.000100' });
  assert.match(thread.body.error.message, /^Slack has no such thread\.$/);
  const sentry = await set(t, 'sentry');
  const issue = await sentry.invoke('get_issue', { organization: 'example', issue: '1' });
  assert.match(issue.body.error.message, /^Sentry has no issue 1\.$/);
});

test('lists go on where a page ends', async (t) => {
  const { invoke } = await set(t, 'sentry');
  const first = (await invoke('list_projects', { organization: 'example' })).body.result;
  assert.equal(first.nextCursor, null);
  const page = (await invoke('list_issues', { organization: 'example', limit: 5, query: '' })).body.result;
  const next = (
    await invoke('list_issues', { organization: 'example', limit: 5, query: '', cursor: page.nextCursor })
  ).body.result;
  assert.equal(next.issues.length, 5);
  assert.notEqual(next.issues[0].id, page.issues[0].id);
  const linear = await set(t, 'linear');
  const one = (await linear.invoke('list_issues', { limit: 2 })).body.result;
  const two = (await linear.invoke('list_issues', { limit: 2, after: one.nextCursor })).body.result;
  assert.notEqual(two.issues[0].identifier, one.issues[0].identifier);
});

/** Answers to a change, all with 200 or another success: done is done. */
const done: Readonly<Record<ProviderId, readonly [json: unknown, result: unknown][]>> = {
  linear: [
    [{ data: { commentCreate: { success: true } } }, { success: true }],
    [
      { data: { commentCreate: { success: true, comment: null } }, errors: null },
      { success: true, comment: null },
    ],
    [
      {
        data: { commentCreate: { success: true, comment: { id: 7 } } },
        errors: [{ message: 'no assignee' }],
      },
      { success: true, comment: { id: 7 } },
    ],
    [
      { data: { commentCreate: { success: null, id: 'x' } }, errors: [] },
      { success: null, id: 'x' },
    ],
    [{ data: null }, 'withheld'],
    [[1], 'withheld'],
  ],
  sentry: [
    [
      { id: anIssue, status: 'resolved', count: null },
      { id: anIssue, status: 'resolved', count: null },
    ],
    [[], []],
    [null, null],
  ],
  slack: [
    [{ ok: true }, { ok: true, response_metadata: {} }],
    [
      { ok: true, ts: null, response_metadata: { warnings: null } },
      { ok: true, ts: null, response_metadata: { warnings: null } },
    ],
    [
      { ok: true, response_metadata: null },
      { ok: true, response_metadata: null },
    ],
    [{}, 'withheld'],
    [[], 'withheld'],
  ],
};

/** Answers that say that nothing was done, however oddly. */
const undone: Readonly<Record<ProviderId, readonly [json: unknown, message: RegExp][]>> = {
  linear: [
    [
      { data: { commentCreate: { success: false, comment: null } } },
      /^Linear refused: nothing was changed\.$/,
    ],
    [
      { data: null, errors: [{ message: 'no', extensions: { code: 'INPUT_ERROR' } }] },
      /^Linear refused: no$/,
    ],
  ],
  sentry: [],
  slack: [[{ ok: false, error: 'is_archived' }, /^Slack refused: is_archived\.$/]],
};

for (const { id: name, displayName } of providers) {
  const id = name as ProviderId;
  test(`${displayName}: a change that was answered with success is done, however odd the answer`, async (t) => {
    const { vendor, invoke, mode } = await set(t, id);
    await mode(writes[id][0], 'allow');
    const answered = async (fault: object) => {
      vendor.faults.clear();
      vendor.faults.add({ ...fault, when: isChange[id] });
      return invoke(...writes[id]);
    };
    const withheld = { _withheld: `${displayName} answered, in a way that cannot be read.` };
    for (const [json, result] of done[id]) {
      const { status, body } = await answered({ status: 200, json });
      const told = [status, body.invocation?.status, body.result];
      assert.deepEqual(
        told,
        [200, 'completed', result === 'withheld' ? withheld : result],
        JSON.stringify(json),
      );
    }
    const huge = await answered({ hugeBytes: 5_000_000 });
    assert.deepEqual([huge.status, huge.body.result], [200, withheld]);
    for (const [json, message] of undone[id]) {
      const { status, body } = await answered({ status: 200, json });
      assert.equal(status, 502, JSON.stringify(json));
      assert.match(body.error.message, message);
    }
    const page = await answered({ html: true });
    assert.equal(page.status, 502);
    assert.match(
      page.body.error.message,
      /\)\. It may have been carried out: look there before trying again\.$/,
    );
  });
}
