import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';
import { membershipOf } from './world.ts';

const lastOwner = 'This is the last owner. Make somebody else an owner first.';
const onlyOwners = 'Only an owner can make, change or remove an owner.';

onEachEngine('members', (here) => {
  const change = async (as: { token: string }, userId: string, role: string) => {
    const path = `/v1/members/${await membershipOf(here().gateway, userId)}`;
    return here().gateway.call('PATCH', path, { token: as.token, body: { role } });
  };
  const remove = async (as: { token: string }, userId: string) =>
    here().gateway.call('DELETE', `/v1/members/${await membershipOf(here().gateway, userId)}`, {
      token: as.token,
    });

  test('are listed with their roles, in the order in which they joined', async () => {
    const { gateway, admin, member } = here();
    const { status, body } = await gateway.call('GET', '/v1/members', admin);
    assert.equal(status, 200);
    assert.deepEqual(fields(body), ['invitations', 'members']);
    assert.deepEqual(body.invitations, []);
    for (const one of body.members) {
      assert.deepEqual(fields(one), ['createdAt', 'email', 'id', 'name', 'role', 'userId']);
      assert.match(one.createdAt, isoTime);
    }
    assert.deepEqual(
      body.members.map(({ userId, role }: { userId: string; role: string }) => [userId, role]),
      [
        [gateway.owner.userId, 'owner'],
        [admin.userId, 'admin'],
        [member.userId, 'member'],
      ],
    );
  });

  test('are invited by a link that is shown once, and good for seven days', async () => {
    const { gateway, admin, time } = here();
    const made = await gateway.call('POST', '/v1/members', {
      ...admin,
      body: { email: 'New.One@Example.com' },
    });
    assert.equal(made.status, 201);
    assert.deepEqual(fields(made.body), ['invitation', 'link']);
    const { invitation, link } = made.body;
    assert.deepEqual(fields(invitation), ['email', 'expiresAt', 'id', 'role']);
    assert.deepEqual([invitation.email, invitation.role], ['new.one@example.com', 'member']);
    assert.equal(Date.parse(invitation.expiresAt) - time.now, 7 * 24 * 3600 * 1000);
    assert.ok(link.startsWith(`${gateway.publicUrl}/invite?token=`));
    const list = async () => (await gateway.call('GET', '/v1/members', admin)).body;
    assert.deepEqual((await list()).invitations, [invitation]);
    const secret = new URL(link).searchParams.get('token');
    assert.ok(secret && !JSON.stringify(await list()).includes(secret));
    time.now += 7 * 24 * 3600 * 1000;
    assert.deepEqual((await list()).invitations, []);
  });

  test('are made what they are by owners, and by admins below owner', async () => {
    const { gateway, owner, admin, member } = here();
    for (const role of ['admin', 'member']) {
      const { status, body } = await change(admin, member.userId, role);
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual(
        [fields(body), body.member.role, body.member.userId],
        [['member'], role, member.userId],
      );
      const { user } = (await gateway.call('GET', '/v1/status', member)).body;
      assert.equal(user.role, role);
    }
    assertRefused(await change(admin, member.userId, 'owner'), 403, 'forbidden', onlyOwners);
    assertRefused(await change(admin, gateway.owner.userId, 'member'), 403, 'forbidden', onlyOwners);
    assertRefused(await remove(admin, gateway.owner.userId), 403, 'forbidden', onlyOwners);
    const body = { email: 'boss@example.com', role: 'owner' };
    assertRefused(
      await gateway.call('POST', '/v1/members', { ...admin, body }),
      403,
      'forbidden',
      onlyOwners,
    );
    assert.equal((await change(owner, admin.userId, 'owner')).status, 200);
    assert.equal((await change(owner, admin.userId, 'admin')).status, 200);
  });

  test('the last owner stays one', async () => {
    const { gateway, owner, admin } = here();
    const { userId } = gateway.owner;
    for (const role of ['admin', 'member']) {
      assertRefused(await change(owner, userId, role), 409, 'conflict', lastOwner);
    }
    assertRefused(await remove(owner, userId), 409, 'conflict', lastOwner);
    assert.equal((await change(owner, userId, 'owner')).status, 200);
    const second = await gateway.person('owner');
    assert.equal((await change(owner, second.userId, 'admin')).status, 200);
    assertRefused(await change(owner, userId, 'admin'), 409, 'conflict', lastOwner);
    assert.equal((await gateway.call('GET', '/v1/members', admin)).status, 200);
  });

  test('of two owners who step down at the same moment one stays', async () => {
    const { gateway, owner } = here();
    const second = await gateway.person('owner');
    const [mine, theirs] = [
      await membershipOf(gateway, gateway.owner.userId),
      await membershipOf(gateway, second.userId),
    ];
    const stepDown = (id: string) =>
      gateway.call('PATCH', `/v1/members/${id}`, { ...owner, body: { role: 'admin' } });
    await Promise.all([stepDown(mine), stepDown(theirs)]);
    const { members } = (await gateway.call('GET', '/v1/members', owner)).body;
    const owners = members.filter(({ role }: { role: string }) => role === 'owner');
    assert.equal(owners.length, 1);
    // Whoever it is: the suite's owner is owner again.
    const as = { token: owners[0].userId === gateway.owner.userId ? owner.token : second.token };
    assert.equal((await change(as, gateway.owner.userId, 'owner')).status, 200);
    assert.equal((await change(owner, second.userId, 'member')).status, 200);
  });

  test('that are removed are out at once', async () => {
    const { gateway, admin } = here();
    const leaving = await gateway.person('member');
    const removed = await remove(admin, leaving.userId);
    assert.deepEqual([removed.status, removed.body], [204, '']);
    const says = 'This token has been revoked. Log in again with `assent login`.';
    assertRefused(await gateway.call('GET', '/v1/status', leaving), 401, 'unauthenticated', says);
    const { members } = (await gateway.call('GET', '/v1/members', admin)).body;
    assert.ok(members.every(({ userId }: { userId: string }) => userId !== leaving.userId));
  });

  test('an admin may step down, and then manages nobody', async () => {
    const { gateway } = here();
    const admin = await gateway.person('admin');
    assert.equal((await change(admin, admin.userId, 'member')).status, 200);
    const says = 'This takes the role owner or admin; yours is member. Ask an owner of the organization.';
    assertRefused(await gateway.call('GET', '/v1/members', admin), 403, 'forbidden', says);
  });
});
