import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Gateway } from '../src/gateway/gateway.ts';
import {
  connectAccount,
  isConnected,
  ownerByAccount,
  standingOf,
} from '../src/gateway/people/provider-accounts.ts';
import {
  findConnection,
  keepConnection,
  keepSignOn,
  useConnection,
  useSignOn,
} from '../src/gateway/people/sign-on-states.ts';
import { newId } from '../src/lib/ids.ts';
import { toFlag } from '../src/store/engine/moments.ts';
import { insertUser } from '../src/store/users.ts';
import { CleanupStack } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';

const issuer = 'https://login.example';
const minute = 60_000;

for (const engine of engines) {
  describe(`what single sign-on keeps on ${engine.name}`, { skip: engine.skip }, () => {
    const cleanup = new CleanupStack();
    let gateway: Gateway;
    let now = 1_800_000_000_000;
    before(async () => {
      ({ gateway } = await startGateway(cleanup, { clock: () => now }, {}, engine));
    });
    beforeEach(() => (now += 10 * minute));
    after(() => cleanup.close());

    const rows = () => gateway.store.db.selectFrom('sign_on_states').selectAll().execute();
    async function newUser(isAddressProven = true): Promise<{ id: string; email: string }> {
      const id = newId();
      const email = `${id}@example.com`;
      await gateway.store.write(async (tx) => {
        await insertUser(tx, { id, name: 'Somebody', email }, now);
        const emailVerified = toFlag(tx, isAddressProven);
        await tx.updateTable('auth_user').set({ emailVerified }).where('id', '=', id).execute();
      });
      return { id, email };
    }
    const by = { userId: 'user', sessionId: 'session' };

    describe('a sign-on', () => {
      test('comes back as it was begun, and how long ago', async () => {
        for (const signOn of [
          { purpose: 'sign_in', next: '/a', asksAgain: false },
          { purpose: 'connect', next: '/b', asksAgain: true, by },
          { purpose: 'confirm', next: '/c', asksAgain: true, by },
        ] as const) {
          const secret = await keepSignOn(gateway, signOn);
          now += 1234;
          assert.deepEqual(await useSignOn(gateway, secret.reveal()), { signOn, elapsedMs: 1234 });
        }
      });

      test('serves one of any number who use it at once', async () => {
        const secret = await keepSignOn(gateway, { purpose: 'sign_in', next: '/', asksAgain: false });
        const used = await Promise.all(Array.from({ length: 20 }, () => useSignOn(gateway, secret.reveal())));
        assert.equal(used.filter((one) => one !== undefined).length, 1);
        assert.deepEqual(await rows(), []);
      });

      test('is over after five minutes, and deleted when somebody begins another one', async () => {
        const begin = () => keepSignOn(gateway, { purpose: 'sign_in', next: '/', asksAgain: false });
        const [first, second] = [await begin(), await begin()];
        now += 5 * minute - 1;
        assert.ok(await useSignOn(gateway, first.reveal()));
        now += 1;
        assert.equal((await rows()).length, 1);
        await begin();
        assert.equal((await rows()).length, 1);
        assert.equal(await useSignOn(gateway, second.reveal()), undefined);
      });

      test('leaves in the database nothing that could finish it', async () => {
        const secret = await keepSignOn(gateway, { purpose: 'connect', next: '/', asksAgain: false, by });
        assert.ok(!JSON.stringify(await rows()).includes(secret.reveal()));
        for (const row of await rows()) assert.equal(await useSignOn(gateway, row.secret_hash), undefined);
        assert.ok(await useSignOn(gateway, secret.reveal()));
      });
    });

    describe('an account that is to be connected', () => {
      const connection = { next: '/', by, subject: 'id', email: undefined };

      test('is there for the browser session that began, once', async () => {
        const secret = (await keepConnection(gateway, connection)).reveal();
        assert.deepEqual(await findConnection(gateway, secret, by), connection);
        const used = await Promise.all(Array.from({ length: 20 }, () => useConnection(gateway, secret, by)));
        assert.deepEqual(
          used.filter((one) => one !== undefined),
          [connection],
        );
        assert.equal(await findConnection(gateway, secret, by), undefined);
      });

      test('is there for no other session, nor for the same of somebody else', async () => {
        for (const other of [
          { ...by, sessionId: 'another' },
          { ...by, userId: 'another' },
        ]) {
          const secret = (await keepConnection(gateway, connection)).reveal();
          assert.equal(await findConnection(gateway, secret, other), undefined);
          assert.equal(await useConnection(gateway, secret, other), undefined);
        }
      });

      test('is no sign-on, nor a sign-on one', async () => {
        const asked = (await keepConnection(gateway, connection)).reveal();
        assert.equal(await useSignOn(gateway, asked), undefined);
        const signOn = await keepSignOn(gateway, { purpose: 'connect', next: '/', asksAgain: false, by });
        assert.equal(await useConnection(gateway, signOn.reveal(), by), undefined);
      });

      test('waits for five minutes', async () => {
        const secret = (await keepConnection(gateway, connection)).reveal();
        now += 5 * minute;
        assert.equal(await findConnection(gateway, secret, by), undefined);
        assert.equal(await useConnection(gateway, secret, by), undefined);
      });
    });

    describe('an account with the provider', () => {
      const proven = (address: string | undefined) => () => Promise.resolve(address);
      const unasked = () => Promise.reject(new Error('nobody is to ask for the address'));

      test('is its owner’s, whatever address it has', async () => {
        const account = { issuer, subject: newId() };
        const { id, email } = await newUser();
        const owner = await ownerByAccount(gateway, account, proven(email.toUpperCase()));
        assert.ok('userId' in owner && owner.userId === id);
        assert.deepEqual({ ...(await ownerByAccount(gateway, account, unasked)) }, owner);
        assert.deepEqual(
          await ownerByAccount(gateway, { ...account, issuer: `${issuer}.org` }, proven(undefined)),
          {
            refused: 'stranger',
          },
        );
        assert.equal(await isConnected(gateway, id, issuer), true);
        assert.equal(await isConnected(gateway, id, `${issuer}.org`), false);
      });

      test('is nobody’s where the address is not proven, or made up as the first owner’s is', async () => {
        for (const address of ['owner@assent.local', undefined, 'nobody@example.com'])
          assert.deepEqual(await ownerByAccount(gateway, { issuer, subject: newId() }, proven(address)), {
            refused: 'stranger',
          });
      });

      test('is one of a provider’s that a user has: another with the same address signs nobody in', async () => {
        const { id, email } = await newUser();
        const [first, second] = [newId(), newId()].map((subject) => ({ issuer, subject }));
        assert.ok(first && second);
        assert.equal(await connectAccount(gateway, { userId: id, sessionId: null }, first), 'connected');
        assert.deepEqual(await ownerByAccount(gateway, second, proven(email)), { refused: 'second' });
        assert.equal(await connectAccount(gateway, { userId: id, sessionId: null }, second), 'second');
        assert.deepEqual(await Promise.all([first, second].map((one) => standingOf(gateway, id, one))), [
          'connected',
          'second',
        ]);
        // One of another provider does not count.
        assert.equal(
          await connectAccount(
            gateway,
            { userId: id, sessionId: null },
            { ...second, issuer: 'https://former.example' },
          ),
          'connected',
        );
      });

      test('is one user’s', async () => {
        const account = { issuer, subject: newId() };
        const [one, other] = [await newUser(), await newUser()];
        assert.equal(await standingOf(gateway, one.id, account), 'free');
        assert.equal(
          await connectAccount(gateway, { userId: one.id, sessionId: null }, account),
          'connected',
        );
        assert.equal(
          await connectAccount(gateway, { userId: one.id, sessionId: null }, account),
          'connected',
        );
        assert.equal(await connectAccount(gateway, { userId: other.id, sessionId: null }, account), 'taken');
        assert.equal(await standingOf(gateway, other.id, account), 'taken');
      });

      test('becomes one of a user’s, of several that are connected at once', async () => {
        const { id, email } = await newUser();
        const accounts = Array.from({ length: 8 }, () => ({ issuer, subject: newId() }));
        const standings = await Promise.all([
          ...accounts.map((one) => connectAccount(gateway, { userId: id, sessionId: null }, one)),
          ...accounts.map((one) => ownerByAccount(gateway, one, proven(email))),
        ]);
        const { length } = await gateway.store.db
          .selectFrom('auth_account')
          .select('id')
          .where('userId', '=', id)
          .execute();
        assert.equal(length, 1);
        assert.ok(standings.includes('second'));
      });
    });
  });
}
