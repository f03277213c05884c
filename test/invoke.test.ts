import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Progress } from '../src/contract/events.ts';
import { catalog } from '../src/gateway/actions/catalog.ts';
import { dropOldHashes } from '../src/gateway/invocations/drop-hashes.ts';
import { authenticate } from '../src/gateway/people/authenticate.ts';
import { sha256 } from '../src/lib/hash.ts';
import { stableJson } from '../src/lib/json.ts';
import { type SourceContext, SourceError } from '../src/sources/action-source.ts';
import { dropRequestHashes, findByIdempotencyKey } from '../src/store/invocations.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { reviewOther, scriptedSource } from './support/scripted-source.ts';

for (const engine of engines) {
  describe(`invoking on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: Cleanup, limits = {}) {
      const source = scriptedSource();
      const time = { now: Date.now() };
      const replacements = { sourceKinds: [source.kind], clock: () => time.now };
      const gateway = await startGateway(t, replacements, { limits }, engine);
      const session = await gateway.session();
      const path = (id: string, verb = '') => `/v1/sessions/${session.id}/actions/invocations/${id}${verb}`;
      const owner = { token: gateway.ownerToken };
      return { source, time, gateway, session, path, owner };
    }

    test('a read is allowed, and runs at once', async (t) => {
      const { source, session } = await set(t);
      const { status, body } = await session.invoke('look', { text: 'hello' });
      assert.equal(status, 200);
      assert.deepEqual(body.result, { echoed: { text: 'hello' } });
      const { invocation } = body;
      assert.deepEqual(
        [invocation.status, invocation.mode, invocation.modeSource, invocation.riskLevel, invocation.result],
        ['completed', 'allow', 'inferred_default', 'read', { echoed: { text: 'hello' } }],
      );
      assert.equal(typeof invocation.durationMs, 'number');
      assert.deepEqual(source.calls, [{ actionId: 'look', params: { text: 'hello' } }]);
    });

    test('a write waits for a person, and then exactly that runs', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const asked = await session.invoke('change', { text: 'token=hunter22hunter22' });
      assert.equal(asked.status, 202);
      assert.equal(asked.body.message, 'Waiting for approval by an owner or admin.');
      assert.equal(asked.body.invocation.status, 'pending');
      assert.deepEqual(source.calls, []);
      const approved = await gateway.call('POST', path(asked.body.invocation.id, '/approve'), owner);
      assert.equal(approved.status, 200);
      assert.equal(approved.body.invocation.status, 'completed');
      assert.equal(approved.body.invocation.decidedBy, gateway.owner.userId);
      assert.deepEqual(source.calls, [{ actionId: 'change', params: { text: 'token=hunter22hunter22' } }]);
    });

    test('a denied one never runs', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      const denied = await gateway.call('POST', path(id, '/deny'), {
        ...owner,
        body: { reason: 'not today' },
      });
      assert.equal(denied.status, 200);
      assert.deepEqual(
        [denied.body.invocation.status, denied.body.invocation.deniedReason],
        ['denied', 'not today'],
      );
      assertRefused(
        await gateway.call('POST', path(id, '/approve'), owner),
        409,
        'conflict',
        'This invocation is denied already; only a pending one can be decided.',
      );
      assert.deepEqual(source.calls, []);
    });

    test('danger is denied by default, and stays on record', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const answer = await session.invoke('destroy');
      assertRefused(answer, 403, 'denied', 'Denied by policy (inferred_default).');
      const { id } = answer.body.invocation;
      const read = await gateway.call('GET', path(id), owner);
      assert.equal(read.body.invocation.status, 'denied');
      assert.deepEqual(source.calls, []);
    });

    test('organization modes decide, automation overrides before them, and rubbish denies', async (t) => {
      const { session, gateway, owner } = await set(t);
      const put = (path: string, mode: string) => gateway.call('PUT', path, { ...owner, body: { mode } });
      await put('/v1/action-modes/test%3Alook', 'deny');
      assertRefused(await session.invoke('look'), 403, 'denied', 'Denied by policy (org_default).');
      const { automation } = (
        await gateway.call('POST', '/v1/automations', { ...owner, body: { name: 'nightly' } })
      ).body;
      await put(`/v1/automations/${automation.id}/action-modes/test%3Alook`, 'allow');
      const automated = await gateway.session(gateway.ownerToken, { automationId: automation.id });
      const { body } = await automated.invoke('look');
      assert.deepEqual(
        [body.invocation.mode, body.invocation.modeSource, body.invocation.automationId],
        ['allow', 'automation_override', automation.id],
      );
      await gateway.gateway.store.write((tx) =>
        tx.updateTable('organization').set({ action_modes: '{"test:look":"maybe"}' }).execute(),
      );
      const unknown = await session.invoke('look');
      assertRefused(unknown, 403, 'denied', 'Denied: unknown_mode:maybe.');
      assert.equal(unknown.body.invocation.modeSource, 'org_default');
    });

    test('drift asks a person where policy would allow, and relaxes nothing', async (t) => {
      const { gateway, session } = await set(t);
      for (const actionId of ['look', 'destroy']) await reviewOther(gateway, actionId);
      assert.equal((await session.invoke('look')).status, 202);
      assert.equal((await session.invoke('destroy')).status, 403);
    });

    test('an approver who goes away changes nothing: it is done once, and a stop waits for it', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      source.answer = async () => {
        asked.resolve();
        await release.promise;
        return { done: true };
      };
      const { id } = (await session.invoke('change')).body.invocation;
      const leaving = new AbortController();
      const approval = fetch(`${gateway.address}${path(id, '/approve')}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${owner.token}` },
        signal: leaving.signal,
      });
      await asked.promise;
      leaving.abort();
      await assert.rejects(approval, { name: 'AbortError' });
      assert.equal((await gateway.call('GET', path(id), owner)).body.invocation.status, 'executing');
      const ended = Promise.withResolvers<string>();
      gateway.gateway.bus.subscribeOwn(({ payload }) => ended.resolve(payload.invocation.status));
      const stopped = gateway.stop();
      release.resolve();
      await stopped;
      assert.equal(await ended.promise, 'completed');
      assert.equal(source.calls.length, 1);
    });

    test('progress is told to those who listen, without credentials, not too often, and not after the end', async (t) => {
      const { source, session, gateway, owner, time } = await set(t);
      const secret = 'correct-horse-battery';
      await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
      const told: (Progress | undefined | string)[] = [];
      const completed = Promise.withResolvers<void>();
      gateway.gateway.bus.subscribeOwn(({ type, payload }) => {
        told.push(type === 'action_progress' ? payload.progress : type);
        if (type === 'action_completed') completed.resolve();
      });
      let late: SourceContext['onProgress'];
      source.answer = async (_params, context) => {
        const value = (await context.credential('KEY')).reveal();
        late = context.onProgress;
        const reports = [
          `half of ${value}`,
          'at the same moment',
          0.5,
          2,
          Number.NaN,
          'x'.repeat(20_000),
          'y'.repeat(900),
        ];
        for (const report of reports) {
          context.onProgress?.(report);
          if (report !== reports[0]) time.now += 1000;
        }
        return null;
      };
      await session.invoke('look');
      late?.('too late');
      await completed.promise;
      const text = (words: string) => ({ text: words, fraction: null });
      assert.deepEqual(told, [
        text('half of [redacted]'),
        { text: null, fraction: 0.5 },
        text('y'.repeat(500)),
        'action_completed',
      ]);
    });

    test('too late is too late, also before the sweep', async (t) => {
      const { time, source, session, gateway, path, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      time.now += 5 * 60_000;
      const message = 'This request has expired: nobody decided in time. The agent may ask again.';
      assertRefused(await gateway.call('POST', path(id, '/approve'), owner), 410, 'expired', message);
      assertRefused(
        await gateway.call('POST', path(id, '/deny'), { ...owner, body: {} }),
        410,
        'expired',
        message,
      );
      const { body } = await gateway.call('GET', path(id), owner);
      assert.equal(body.invocation.status, 'expired');
      assert.deepEqual(source.calls, []);
    });

    test('waiting ends as soon as the status is final', async (t) => {
      const { session, gateway, path, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      const waiting = gateway.call('GET', path(id, '?wait=60'), { token: session.token });
      await gateway.call('POST', path(id, '/approve'), owner);
      assert.equal((await waiting).body.invocation.status, 'completed');
      const { body } = await gateway.call('GET', path(id, '?wait=60'), { token: session.token });
      assert.equal(body.invocation.status, 'completed');
    });

    test('what the source throws fails the invocation, with its reason and without its secrets', async (t) => {
      const { source, session } = await set(t);
      source.answer = async () => {
        throw new SourceError('action_failed', 'refused with Bearer abcdefghijklmnopqrstuvwxyz012345');
      };
      const answer = await session.invoke('look');
      assertRefused(answer, 502, 'action_failed', /^refused with /);
      assert.ok(!JSON.stringify(answer.body).includes('abcdefghijklmnopqrstuvwxyz012345'));
      assert.equal(answer.body.invocation.status, 'failed');
      assert.equal(answer.body.invocation.error, answer.body.error.message);
    });

    test('a credential that is asked for anew gives the new value, and neither value comes back', async (t) => {
      const { source, session, gateway, owner } = await set(t);
      const put = (value: string) => gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value } });
      const [first, second] = ['correct-horse-battery', 'staple-of-another-kind'];
      await put(first);
      source.answer = async (_params, context) => {
        const credential = await context.credential('KEY');
        const before = credential.reveal();
        await put(second);
        assert.equal(credential.reveal(), before);
        await credential.refresh();
        const said = `${before} and ${credential.reveal()}, not ${inspect(credential)} ${JSON.stringify(credential)}`;
        assert.ok(said.startsWith(`${first} and ${second}, not `));
        return { said };
      };
      const { status, body } = await session.invoke('look');
      assert.equal(status, 200, JSON.stringify(body));
      assert.match(body.result.said, /^\[redacted\] and \[redacted\], not /);
    });

    test('credentials handed to a source never come back', async (t) => {
      const { source, session, gateway, owner } = await set(t);
      const secret = 'correct-horse-battery';
      await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
      source.answer = async (_params, context) => {
        const value = (await context.credential('KEY')).reveal();
        return { said: `I know ${value}`, encoded: Buffer.from(value).toString('base64'), [value]: 1 };
      };
      const { status, body } = await session.invoke('look');
      assert.equal(status, 200);
      const text = JSON.stringify(body);
      assert.ok(!text.includes(secret) && !text.includes(Buffer.from(secret).toString('base64')), text);
      source.answer = async (_params, context) => {
        throw new Error(`failed with ${(await context.credential('KEY')).reveal()}`);
      };
      const failed = await session.invoke('look');
      assertRefused(failed, 502, 'action_failed', 'failed with [redacted]');
      source.answer = async (_params, context) => context.credential('MISSING');
      assertRefused(
        await session.invoke('look'),
        502,
        'action_failed',
        'The secret "MISSING" is not set. An admin sets it with `assent secrets set MISSING`.',
      );
    });

    test('a large result is answered whole, and stored cut', async (t) => {
      const { source, session } = await set(t);
      source.answer = async () => ({ text: 'x'.repeat(50_000) });
      const { body } = await session.invoke('look');
      assert.equal(body.result.text.length, 50_000);
      assert.equal(Reflect.get(body.invocation.result, '_truncated'), true);
      assert.ok(Buffer.byteLength(JSON.stringify(body.invocation.result)) <= 10_240);
    });

    test('refusals before anything is recorded', async (t) => {
      const { source, session, gateway } = await set(t);
      const invoke = (body: unknown) =>
        gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, { token: session.token, body });
      assertRefused(
        await invoke({ sourceId: 'tset', actionId: 'look' }),
        400,
        'unknown_action',
        'There is no source "tset". Did you mean "test"? `assent actions list` shows them all.',
      );
      assertRefused(
        await session.invoke('lok'),
        400,
        'unknown_action',
        'Test source has no action "lok". Did you mean "look"?',
      );
      const unfit = await session.invoke('look', { text: 7 });
      assertRefused(unfit, 400, 'invalid_params', 'The params do not fit "look" at /text: must be string.');
      assert.deepEqual(unfit.body.error.issues, [{ path: '/text', message: 'must be string' }]);
      source.broken = new SourceError('source_unavailable', 'connection refused');
      assertRefused(
        await session.invoke('look'),
        502,
        'source_unavailable',
        'Test source cannot be reached: connection refused',
      );
      const { body } = await gateway.call('GET', '/v1/invocations', { token: gateway.ownerToken });
      assert.deepEqual(body, { invocations: [], nextCursor: null, searchedTo: null });
    });

    test('preferences switch off a source or one action, in listing and on invoke', async (t) => {
      const { session, gateway, owner } = await set(t);
      const available = async () =>
        (await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, { token: session.token }))
          .body.sources;
      const disable = (disabled: string[]) =>
        gateway.call('PUT', '/v1/preferences/actions', { ...owner, body: { disabled } });
      assert.deepEqual(
        (await available())[0].actions.map(
          (action: { id: string; mode: string }) => `${action.id} ${action.mode}`,
        ),
        ['look allow', 'change require_approval', 'destroy deny'],
      );
      await disable(['test:look']);
      assert.deepEqual((await available())[0].actions.length, 2);
      assertRefused(await session.invoke('look'), 403, 'source_disabled', /^"test:look" is switched off/);
      await disable(['test']);
      assert.deepEqual(await available(), []);
      assertRefused(await session.invoke('change'), 403, 'source_disabled', /^"test" is switched off/);
      await disable([]);
      assert.equal((await session.invoke('look')).status, 200);
    });

    test('a source that cannot be listed is left out, and hurts nobody else', async (t) => {
      const good = scriptedSource('good');
      const bad = scriptedSource('bad');
      bad.broken = new Error('down');
      const gateway = await startGateway(t, { sourceKinds: [good.kind, bad.kind] }, {}, engine);
      const session = await gateway.session();
      const { status, body } = await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, {
        token: session.token,
      });
      assert.equal(status, 200);
      assert.deepEqual(
        body.sources.map((source: { id: string }) => source.id),
        ['good'],
      );
    });

    test('a catalog is put together in turns: others run between actions that take long', async (t) => {
      const { source, session, gateway } = await set(t);
      const order: string[] = [];
      const time = { now: 0 };
      const names = ['a', 'b', 'c', 'd'];
      source.actions = names.map((id) => ({
        id,
        risk: { default: 'read' },
        params: { jsonSchema: { type: 'object' }, check: (params) => ({ ok: true, params }) },
        // Looked at once, as the action is put in: for 15 ms each.
        get description() {
          order.push(id);
          time.now += 15;
          return id;
        },
      }));
      const scope = await authenticate(gateway.gateway, session.token);
      assert.equal(scope.kind, 'session');
      const over = new AbortController();
      const others = (async () => {
        for (; !over.signal.aborted; await setImmediate())
          if (order.at(-1) !== 'others') order.push('others');
      })();
      t.mock.method(performance, 'now', () => time.now);
      const [offered] = await catalog(gateway.gateway, scope);
      over.abort();
      await others;
      assert.deepEqual(
        offered?.actions.map(({ description }) => description),
        names,
      );
      const turns = order
        .join(' ')
        .split('others')
        .map((one) => one.trim());
      assert.deepEqual(
        turns.filter((one) => one !== ''),
        names,
      );
    });

    test('params of a denied action are not checked, and recorded as they came', async (t) => {
      const { source, session, gateway, owner } = await set(t);
      const check = t.mock.fn(() => assert.fail('nobody may call it'));
      source.actions = source.actions.map((action) => ({
        ...action,
        params: { jsonSchema: action.params.jsonSchema, check },
      }));
      const params = { wrong: [1], password: 'hunter2hunter2' };
      const denied = await session.invoke('destroy', params);
      assertRefused(denied, 403, 'denied', 'Denied by policy (inferred_default).');
      assert.deepEqual(denied.body.invocation.params, { wrong: [1], password: '[redacted]' });
      assert.equal(check.mock.callCount(), 0);

      source.beforeListing = async () => {
        source.beforeListing = undefined;
        await gateway.call('PUT', '/v1/action-modes/test%3Adestroy', { ...owner, body: { mode: 'allow' } });
      };
      const changed = await session.invoke('destroy', params);
      assertRefused(changed, 409, 'conflict', 'Policy changed at the same moment. Ask again.');
      assert.equal(check.mock.callCount(), 0);
      assert.deepEqual(source.calls, []);
    });

    test('what waits is sealed before the transaction; what comes to wait only in it is sealed there', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const { store, sealer } = gateway.gateway;
      let inTransaction = 0;
      const { write } = store;
      t.mock.method(store, 'write', (unit: Parameters<typeof write>[0], durability?: 'committed') =>
        write(async (tx) => {
          inTransaction++;
          return unit(tx).finally(() => inTransaction--);
        }, durability),
      );
      const seal = sealer.seal.bind(sealer);
      const sealed: string[] = [];
      t.mock.method(sealer, 'seal', (text: string, context: string) => {
        sealed.push(inTransaction > 0 ? 'within' : 'before');
        return seal(text, context);
      });
      const approved = async (action: string) => {
        const { id, status } = (await session.invoke(action, { text: action })).body.invocation;
        assert.equal(status, 'pending');
        return (await gateway.call('POST', path(id, '/approve'), owner)).body.invocation.status;
      };
      assert.equal(await approved('change'), 'completed');
      assert.deepEqual(sealed, ['before']);

      source.beforeListing = async () => {
        source.beforeListing = undefined;
        const body = { mode: 'require_approval' };
        await gateway.call('PUT', '/v1/action-modes/test%3Alook', { ...owner, body });
      };
      assert.equal(await approved('look'), 'completed');
      assert.deepEqual(sealed, ['before', 'within']);
      assert.deepEqual(
        source.calls.map(({ params }) => params),
        [{ text: 'change' }, { text: 'look' }],
      );
      await session.invoke('look');
      await session.invoke('destroy');
      assert.equal(sealed.length, 3, 'what is refused at once is not sealed');
    });

    test('what is revoked, denied or switched off while the source is being listed counts', async (t) => {
      const { source, session, gateway, owner } = await set(t);
      const duringListing = (change: () => Promise<unknown>) => {
        source.beforeListing = async () => {
          source.beforeListing = undefined;
          await change();
        };
      };
      duringListing(() =>
        gateway.call('PUT', '/v1/action-modes/test%3Alook', { ...owner, body: { mode: 'deny' } }),
      );
      assertRefused(await session.invoke('look'), 403, 'denied', 'Denied by policy (org_default).');
      duringListing(() =>
        gateway.call('PUT', '/v1/preferences/actions', { ...owner, body: { disabled: ['test'] } }),
      );
      assertRefused(await session.invoke('change'), 403, 'source_disabled', /^"test" is switched off/);
      await gateway.call('PUT', '/v1/preferences/actions', { ...owner, body: { disabled: [] } });
      duringListing(() => gateway.call('DELETE', `/v1/sessions/${session.id}`, owner));
      assertRefused(
        await session.invoke('change'),
        401,
        'unauthenticated',
        /^This session has been revoked\./,
      );
      assert.deepEqual(source.calls, []);
    });

    test('a number is carried as it was written, or is refused', async (t) => {
      const { source, session, gateway } = await set(t);
      const path = `/v1/sessions/${session.id}/actions/invoke`;
      const send = (params: string) =>
        gateway.call('POST', path, {
          token: session.token,
          raw: `{"sourceId":"test","actionId":"look","params":${params}}`,
        });
      assertRefused(
        await send('{"text":1234567890123456789}'),
        400,
        'invalid_request',
        'The number 1234567890123456789 cannot be carried as it is written: it would become 1234567890123456800. Send it as a text, in quotes, if the action takes one.',
      );
      assertRefused(await send('{"a":[{"b":1e400}]}'), 400, 'invalid_request', /^The number 1e400 /);
      assert.equal(source.calls.length, 0);
      assert.equal((await send('{"text":"1234567890123456789"}')).status, 200);
      assert.deepEqual(source.calls[0]?.params, { text: '1234567890123456789' });
    });

    test('an approval is for what was asked for: another definition or another configuration is refused', async (t) => {
      const { source, session, gateway, path, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      const approve = () => gateway.call('POST', path(id, '/approve'), owner);
      const message = (what: string) =>
        `The action is no longer what the agent asked for: ${what} has changed. Deny this; the agent may ask again.`;
      source.configuration = 'second';
      assertRefused(await approve(), 409, 'changed', message('its source'));
      source.configuration = 'first';
      const { actions } = source;
      source.actions = actions.map((action) => ({ ...action, description: 'Does something else' }));
      assertRefused(await approve(), 409, 'changed', message('its description'));
      source.actions = [];
      assertRefused(
        await approve(),
        409,
        'changed',
        message('its source, which does not offer it any more,'),
      );
      source.broken = new SourceError('source_unavailable', 'The server does not answer.');
      assertRefused(await approve(), 502, 'source_unavailable', 'The server does not answer.');
      assert.deepEqual(source.calls, []);
      source.broken = undefined;
      source.actions = actions;
      assert.equal((await approve()).status, 200);
      assert.equal(source.calls.length, 1);
    });

    test('an outcome that is known is recorded, also when the database fails for a moment', async (t) => {
      const { source, session, gateway } = await set(t);
      const { store } = gateway.gateway;
      const { write } = store;
      let failures = 0;
      source.answer = async () => {
        Object.assign(store, {
          write: async (...unit: Parameters<typeof write>) => {
            if (failures++ < 2) throw new Error('disk full');
            return write(...unit);
          },
        });
        return 'done';
      };
      const { status, body } = await session.invoke('look');
      assert.deepEqual([status, body.result, body.invocation.status], [200, 'done', 'completed']);
      assert.ok(failures > 2);
      assert.equal(source.calls.length, 1);
    });

    test('a clock that is set back locks nobody out', async (t) => {
      const { time, session } = await set(t, { invokesPerWindow: 1 });
      assert.equal((await session.invoke('look')).status, 200);
      time.now -= 3_600_000;
      assert.equal((await session.invoke('look')).status, 200);
      assertRefused(await session.invoke('look'), 429, 'rate_limited', /Try again in 60 s\.$/);
    });

    test('one Idempotency-Key is one invocation, at the pending limit too', async (t) => {
      const { session } = await set(t, { pendingPerSession: 1 });
      const key = { 'idempotency-key': 'once' };
      const all = await Promise.all(Array.from({ length: 5 }, () => session.invoke('change', {}, key)));
      assert.deepEqual(
        all.map(({ status }) => status),
        [202, 202, 202, 202, 202],
      );
      assert.equal(new Set(all.map(({ body }) => body.invocation.id)).size, 1);
    });

    test('one Idempotency-Key is one invocation', async (t) => {
      const { source, session } = await set(t);
      const key = { 'idempotency-key': 'once' };
      const first = await session.invoke('look', { text: 'a' }, key);
      const again = await session.invoke('look', { text: 'a' }, key);
      assert.equal(again.body.invocation.id, first.body.invocation.id);
      assert.deepEqual(again.body.result, first.body.result);
      assert.equal(source.calls.length, 1);
      assertRefused(
        await session.invoke('look', { text: 'b' }, key),
        422,
        'idempotency_mismatch',
        'This Idempotency-Key was used for another request in the last 24 hours. Take a new key for a new request.',
      );
      assert.equal(
        (await session.invoke('look', { text: 'b' }, { 'idempotency-key': 'x'.repeat(201) })).status,
        400,
      );
    });

    test('a day later an Idempotency-Key is refused, runs nothing, and the hash of its request is gone', async (t) => {
      const { source, session, gateway, time } = await set(t);
      const params = { text: 'the pin is 4711' };
      const key = { 'idempotency-key': 'once' };
      const { id } = (await session.invoke('look', params, key)).body.invocation;
      const { store } = gateway.gateway;
      const hash = async () => (await findByIdempotencyKey(store.db, session.id, 'once'))?.request_hash;
      const plain = sha256(stableJson(['test', 'look', params]));
      assert.match((await hash()) ?? '', /^[0-9a-f]{64}$/);
      assert.notEqual(await hash(), plain, 'without the key nobody can try params');
      time.now += 24 * 3600_000 - 1;
      await dropOldHashes(gateway.gateway);
      assert.match((await hash()) ?? '', /^[0-9a-f]{64}$/);
      time.now += 1;
      await dropOldHashes(gateway.gateway);
      assert.equal(await hash(), null);
      await store.write((tx) =>
        tx
          .updateTable('agent_sessions')
          .set({ expires_at: time.now + 1 })
          .execute(),
      );
      assertRefused(
        await session.invoke('look', params, key),
        422,
        'idempotency_mismatch',
        `This Idempotency-Key was used more than 24 hours ago, for the invocation ${id}. Look at that one, and take a new key for a new request.`,
      );
      assert.equal(source.calls.length, 1);
    });

    test('a request whose hash an earlier version took along is told by its action', async (t) => {
      const { source, session, gateway } = await set(t);
      const key = { 'idempotency-key': 'once' };
      const { id } = (await session.invoke('look', { text: 'a' }, key)).body.invocation;
      await gateway.gateway.store.write((tx) => dropRequestHashes(tx, [id]));
      assert.equal((await session.invoke('look', { text: 'a' }, key)).body.invocation.id, id);
      assertRefused(await session.invoke('change', {}, key), 422, 'idempotency_mismatch', /another request/);
      assert.equal(source.calls.length, 1);
    });

    test('the rate limit says when to come back, and does', async (t) => {
      const { time, session } = await set(t, { invokesPerWindow: 3 });
      for (let index = 0; index < 3; index++) assert.equal((await session.invoke('look')).status, 200);
      const limited = await session.invoke('look');
      assertRefused(
        limited,
        429,
        'rate_limited',
        'This session has made 3 invokes within 60 s. Try again in 60 s.',
      );
      assert.equal(limited.headers.get('retry-after'), '60');
      time.now += 60_000;
      assert.equal((await session.invoke('look')).status, 200);
    });

    test('the pending limit counts what waits, not what is over', async (t) => {
      const { time, session } = await set(t, { pendingPerSession: 2 });
      assert.equal((await session.invoke('change')).status, 202);
      assert.equal((await session.invoke('change')).status, 202);
      const message =
        'This session already has 2 invocations waiting for approval. Wait until one is decided or expires.';
      assertRefused(await session.invoke('change'), 429, 'pending_limit', message);
      assert.equal((await session.invoke('look')).status, 200);
      time.now += 5 * 60_000;
      assert.equal((await session.invoke('change')).status, 202);
    });

    test('over the pending limit, params are neither checked nor redacted', async (t) => {
      const { source, session } = await set(t, { pendingPerSession: 1 });
      let checks = 0;
      source.actions = source.actions.map((action) => ({
        ...action,
        params: { ...action.params, check: (params) => (checks++, action.params.check(params)) },
      }));
      const headers = { 'idempotency-key': 'one' };
      const first = await session.invoke('change', {}, headers);
      assert.equal(first.status, 202);
      assert.equal(checks, 1);
      assertRefused(await session.invoke('change', { wrong: 1 }), 429, 'pending_limit', /already has 1/);
      assert.equal(checks, 1);
      const again = await session.invoke('change', {}, headers);
      assert.equal(again.body.invocation.id, first.body.invocation.id);
      assertRefused(await session.invoke('look', { wrong: 1 }), 400, 'invalid_params', /wrong/);
    });

    test("a removed member's agents are out, and what they had waiting is denied", async (t) => {
      const { gateway, owner } = await set(t);
      const person = await gateway.person('member');
      const session = await gateway.session(person.token);
      const { id } = (await session.invoke('change')).body.invocation;
      const { members } = (await gateway.call('GET', '/v1/members', owner)).body;
      const { id: memberId } = members.find((member: { userId: string }) => member.userId === person.userId);
      assert.equal((await gateway.call('DELETE', `/v1/members/${memberId}`, owner)).status, 204);
      assertRefused(await session.invoke('look'), 401, 'unauthenticated', /^This session has been revoked\./);
      const path = `/v1/sessions/${session.id}/actions/invocations/${id}`;
      const { invocation } = (await gateway.call('GET', path, owner)).body;
      assert.deepEqual(
        [invocation.status, invocation.deniedReason],
        ['denied', 'the member who opened the session was removed'],
      );
    });

    test('revoking a session ends its token, and denies what it had waiting', async (t) => {
      const { session, gateway, path, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      assert.equal((await gateway.call('DELETE', `/v1/sessions/${session.id}`, owner)).status, 200);
      assertRefused(
        await session.invoke('look'),
        401,
        'unauthenticated',
        'This session has been revoked. Open a new one with `assent sessions create`.',
      );
      const { invocation } = (await gateway.call('GET', path(id), owner)).body;
      assert.deepEqual([invocation.status, invocation.deniedReason], ['denied', 'the session was revoked']);
    });
  });
}
