// Databases of the first version, as `fixtures/make-first-database.ts` made them with its code, opened by the newest.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { Client } from 'pg';
import { sha256 } from '../src/lib/hash.ts';
import { Secret } from '../src/lib/secret.ts';
import { engines, type TestEngine } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

const first = join(import.meta.dirname, 'fixtures', 'first-database');

/** What the maker wrote down. */
interface Facts {
  readonly madeAt: number;
  readonly ownerToken: string;
  readonly connector: { readonly id: string; readonly sourceId: string };
  readonly session: { readonly id: string; readonly token: string };
  readonly automated: { readonly id: string; readonly token: string };
  readonly finished: { readonly id: string };
  readonly pending: { readonly id: string };
  readonly pendingParams: object;
}

/** A copy of the database beside its key; gives what configuration says of it. */
async function restore(t: TestContext, engine: TestEngine, change?: string) {
  const dataDir = join(scratchFolder(t), 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  copyFileSync(join(first, 'secret.key'), join(dataDir, 'secret.key'));
  chmodSync(join(dataDir, 'secret.key'), 0o600);
  if (engine.name === 'sqlite') {
    const path = join(dataDir, 'assent.db');
    writeFileSync(path, gunzipSync(readFileSync(join(first, 'assent.db.gz'))));
    if (change !== undefined) {
      using database = new DatabaseSync(path);
      database.exec(change);
    }
    return { dataDir };
  }
  const location = await engine.fresh(t);
  assert.ok(location.engine === 'postgres');
  const client = new Client({ connectionString: location.url });
  await client.connect();
  await client.query(readFileSync(join(first, 'postgres.sql'), 'utf8'));
  if (change !== undefined) await client.query(`set search_path to public; ${change}`);
  await client.end();
  return { dataDir, databaseUrl: new Secret(location.url) };
}

/** One account of a provider, given to two users, as a race once could. */
const twice = `
insert into auth_user (id, name, email, "emailVerified", "createdAt", "updatedAt")
  select 'other', 'Other', 'other@example.com', "emailVerified", "createdAt", "updatedAt" from auth_user limit 1;
insert into auth_account (id, "accountId", "providerId", "userId", "createdAt", "updatedAt")
  select '00000000-0000-7000-8000-000000000001', 'https://idp.example 1', 'oidc', id, "createdAt", "updatedAt" from auth_user where id <> 'other' limit 1;
insert into auth_account (id, "accountId", "providerId", "userId", "createdAt", "updatedAt")
  select '00000000-0000-7000-8000-000000000002', 'https://idp.example 1', 'oidc', 'other', "createdAt", "updatedAt" from auth_user where id <> 'other' limit 1;`;

for (const engine of engines) {
  describe(`a database of the first version, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext, afterMs = 60_000, change?: string) {
      // The connector's command is `node`, in the folder where the tests run: both are part of what an approval is for.
      const path = process.env['PATH'];
      process.env['PATH'] = `${dirname(process.execPath)}${delimiter}${path ?? ''}`;
      t.after(() => {
        process.env['PATH'] = path;
      });
      // The maker wrote it, and nobody else.
      const facts = JSON.parse(readFileSync(join(first, `facts.${engine.name}.json`), 'utf8')) as Facts;
      const config = await restore(t, engine, change);
      const gateway = await startGateway(t, { clock: () => facts.madeAt + afterMs }, config);
      const owner = { token: facts.ownerToken };
      const pathOf = (id: string) => `/v1/sessions/${facts.session.id}/actions/invocations/${id}`;
      const invoke = (session: Facts['session'], actionId: string, params: object = {}, headers = {}) =>
        gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
          token: session.token,
          body: { sourceId: facts.connector.sourceId, actionId, params },
          headers,
        });
      return { facts, gateway, owner, pathOf, invoke, config };
    }

    test('its rights are in the ledger, and what names one person belongs to one', async (t) => {
      const { facts, gateway, owner } = await set(t, 60_000, twice);
      const { body } = await gateway.call('GET', '/v1/me/ways-in', owner);
      const mine = body.grants.map(({ kind, cameFrom }: Record<string, string>) => `${kind} ${cameFrom}`);
      assert.ok(mine.includes('user_token null'), mine.join());
      assert.ok(mine.includes('provider_account null'), mine.join());
      const { db } = gateway.gateway.store;
      const accounts = await db.selectFrom('auth_account').select(['id']).execute();
      assert.deepEqual(
        accounts.map(({ id }) => id),
        ['00000000-0000-7000-8000-000000000001'],
      );
      const session = await db.selectFrom('grants').selectAll().where('id', '=', facts.session.id).execute();
      assert.deepEqual(
        session.map(({ kind, ended_at }) => [kind, ended_at]),
        [['agent_session', null]],
      );
      const revoked = await gateway.call('DELETE', `/v1/sessions/${facts.session.id}`, owner);
      assert.notEqual(revoked.body.session.revokedAt, null);
    });

    test('its token may do all that it could, and has no end', async (t) => {
      const { gateway, owner } = await set(t);
      const { tokens } = (await gateway.call('GET', '/v1/tokens', owner)).body;
      const first = tokens.at(-1);
      assert.deepEqual([first.scopes, first.expiresAt], [['read', 'ask', 'approve', 'configure'], null]);
      assert.equal((await gateway.call('POST', '/v1/login-links', owner)).status, 201);
    });

    test('its token, its sessions and its history are there', async (t) => {
      const { facts, gateway, owner, pathOf } = await set(t);
      const { body } = await gateway.call('GET', '/v1/invocations', owner);
      const ids = body.invocations.map(({ id }: { id: string }) => id);
      assert.deepEqual(ids, [facts.pending.id, facts.finished.id]);
      const token = facts.session.token;
      for (const told of [facts.finished, facts.pending]) {
        const read = await gateway.call('GET', pathOf(told.id), { token });
        const shown = Object.fromEntries(Object.keys(told).map((key) => [key, read.body.invocation[key]]));
        assert.deepEqual(shown, told);
      }
    });

    test('its secret opens with its key, and reaches the connector', async (t) => {
      const { facts, invoke } = await set(t);
      const { body } = await invoke(facts.session, 'read_note', { id: 'tuesday' });
      assert.equal(body.invocation?.status, 'completed', JSON.stringify(body));
      assert.equal(body.result.structuredContent.seen, sha256('the-token-of-the-notes'));
    });

    test('its reviews hold: the risk that was set, and what has drifted since', async (t) => {
      const { facts, gateway, owner, invoke } = await set(t);
      const listed = await gateway.call('GET', `/v1/connectors/${facts.connector.id}/tools`, owner);
      assert.equal(listed.status, 200, JSON.stringify(listed.body));
      const tools: { id: string; reviewedHash: string | null; drifted: boolean; riskLevel: string }[] =
        listed.body.tools;
      const shown = Object.fromEntries(
        tools.map((tool) => [tool.id, [tool.reviewedHash !== null, tool.drifted, tool.riskLevel]]),
      );
      assert.deepEqual(shown, {
        read_note: [false, false, 'read'],
        list_notes: [false, false, 'read'],
        wipe: [true, false, 'write'],
        archive: [true, true, 'read'],
      });
      const archive = await invoke(facts.session, 'archive', { id: 'monday' });
      assert.equal(archive.body.invocation.status, 'pending', 'a read that has drifted asks');
    });

    test('its modes decide: those of the organization, and of an automation', async (t) => {
      const { facts, invoke } = await set(t);
      const statusOf = async (session: Facts['session'], action: string) => {
        const { invocation } = (await invoke(session, action)).body;
        return [invocation.status, invocation.modeSource];
      };
      assert.deepEqual(await statusOf(facts.session, 'list_notes'), ['denied', 'org_default']);
      assert.deepEqual(await statusOf(facts.automated, 'list_notes'), ['denied', 'org_default']);
      assert.deepEqual(await statusOf(facts.session, 'read_note'), ['completed', 'inferred_default']);
      assert.deepEqual(await statusOf(facts.automated, 'read_note'), ['pending', 'automation_override']);
    });

    test('what waited can be approved, and exactly that is done, once', async (t) => {
      const { facts, gateway, owner, pathOf } = await set(t);
      const path = `${pathOf(facts.pending.id)}/approve`;
      const { status, body } = await gateway.call('POST', path, owner);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.result.structuredContent.params, sha256(JSON.stringify(facts.pendingParams)));
      assertRefused(await gateway.call('POST', path, owner), 409, 'conflict', /completed already/);
    });

    test('its hashes of requests can be found nowhere, and their keys still run nothing twice', async (t) => {
      const hash = sha256('short enough to be tried');
      const change = `update action_invocations set idempotency_key = action_id, request_hash = '${hash}'`;
      const { facts, gateway, invoke, config } = await set(t, 60_000, change);
      const { rows } = await sql<{ request_hash: string | null }>`
        select request_hash from action_invocations`.execute(gateway.gateway.store.db);
      assert.deepEqual(
        rows.map((row) => row.request_hash),
        [null, null],
      );
      for (const [action, { id }] of [
        ['read_note', facts.finished],
        ['wipe', facts.pending],
      ] as const) {
        const again = await invoke(facts.session, action, {}, { 'idempotency-key': action });
        assert.equal(again.body.invocation?.id, id, JSON.stringify(again.body));
      }
      for (const name of readdirSync(config.dataDir).filter((one) => /^assent\.db(-|$)/.test(one)))
        assert.ok(!readFileSync(join(config.dataDir, name)).includes(hash), name);
    });

    test('what waited too long has expired', async (t) => {
      const { facts, gateway, owner, pathOf } = await set(t, 5 * 60_000);
      const path = `${pathOf(facts.pending.id)}/approve`;
      assertRefused(await gateway.call('POST', path, owner), 410, 'expired', /^This request has expired/);
    });
  });
}
