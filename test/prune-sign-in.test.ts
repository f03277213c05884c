import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { pruneSignIn } from '../src/gateway/people/prune-sign-in.ts';
import { newId } from '../src/lib/ids.ts';
import { insertDeviceCode } from '../src/store/device-codes.ts';
import type { Database } from '../src/store/engine/database.ts';
import { toMoment } from '../src/store/engine/moments.ts';
import { insertLink } from '../src/store/one-time-links.ts';
import { keepAttempts } from '../src/store/sign-in-attempts.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';
import { poll } from './support/poll.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Adds a row that is over at a moment, by the table that it stands in. */
type Add = (tx: Database, id: string, expiresAt: number, userId: string) => Promise<unknown>;
const tables: Readonly<Record<string, readonly [key: string, add: Add]>> = {
  sign_in_attempts: ['key', keepAttempts],
  one_time_links: [
    'token_hash',
    (tx, id, expires_at, subject) =>
      insertLink(tx, {
        token_hash: id,
        purpose: 'login',
        subject,
        grant_id: null,
        created_at: 0,
        expires_at,
        used_at: null,
      }),
  ],
  auth_session: [
    'id',
    (tx, id, expiresAt, userId) => {
      const [then, now] = [toMoment(tx, expiresAt), toMoment(tx, 0)];
      return sql`insert into auth_session (id, "expiresAt", token, "createdAt", "updatedAt", "userId")
        values (${id}, ${then}, ${id}, ${now}, ${now}, ${userId})`.execute(tx);
    },
  ],
  auth_verification: [
    'id',
    (tx, id, expiresAt) => {
      const [then, now] = [toMoment(tx, expiresAt), toMoment(tx, 0)];
      return sql`insert into auth_verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
        values (${id}, ${id}, '{}', ${then}, ${now}, ${now})`.execute(tx);
    },
  ],
  device_codes: [
    'id',
    (tx, id, expires_at) =>
      insertDeviceCode(tx, {
        id,
        device_hash: id,
        user_code_hash: id,
        status: 'waiting',
        address: '127.0.0.1',
        user_agent: 'test',
        created_at: 0,
        expires_at,
        polled_at: null,
      }),
  ],
};

for (const engine of engines) {
  describe(`what is over of signing in, on ${engine.name}`, { skip: engine.skip }, () => {
    for (const [table, [key, add]] of Object.entries(tables)) {
      test(`is deleted from ${table}, and nothing else, more than a transaction takes too`, async (t) => {
        const now = Date.now();
        // Its own housekeeping does not come in between.
        const gateway = await startGateway(t, { clock: () => now, housekeepingMs: hour }, {}, engine);
        const { store } = gateway.gateway;
        const { userId } = await gateway.person('member');
        const left = async () => {
          const { rows } = await sql<{ id: string }>`
            select ${sql.ref(key)} as id from ${sql.table(table)}`.execute(store.db);
          return rows.map(({ id }) => id).toSorted();
        };
        const before = await left();
        // What is over for less than an hour stays too.
        const kept = [newId(), newId()];
        await store.write(async (tx) => {
          for (const [at, id] of kept.entries()) await add(tx, id, now + 1 - at * hour, userId);
          for (let rows = 0; rows < 1001; rows++) await add(tx, newId(), now - hour - rows, userId);
        });
        assert.equal(await pruneSignIn(gateway.gateway), 1001);
        assert.deepEqual(await left(), [...before, ...kept].toSorted());
        assert.equal(await pruneSignIn(gateway.gateway), 0);
      });
    }

    test('is deleted by the housekeeping of a gateway', async (t) => {
      const time = { now: Date.now() };
      const replacements = { clock: () => time.now, housekeepingMs: 10 };
      const running = await startGateway(t, replacements, {}, engine);
      const { store } = running.gateway;
      const { status } = await running.call('GET', '/v1/auth/passkey/generate-authenticate-options');
      assert.equal(status, 200);
      const count = async () => {
        const { rows } = await sql<{ n: number }>`
          select (select count(*) from auth_verification) + (select count(*) from sign_in_attempts) as n`.execute(
          store.db,
        );
        return Number(rows[0]?.n);
      };
      assert.equal(await count(), 2);
      time.now = Date.now() + hour + 10 * minute;
      await poll('all that is over is deleted', async () => (await count()) === 0);
    });
  });
}
