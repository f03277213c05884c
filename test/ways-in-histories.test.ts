import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { AdminCaller } from '../src/gateway/callers.ts';
import type { Gateway } from '../src/gateway/gateway.ts';
import { authenticate, callerOfMember } from '../src/gateway/people/authenticate.ts';
import {
  enterBrowserSession,
  findBrowserSession,
  leaveBrowserSession,
} from '../src/gateway/people/browser-sessions.ts';
import { acceptInvitation, invitationOfLink, newInvitation } from '../src/gateway/people/invitations.ts';
import {
  newLoginLink,
  newRecoveryLink,
  readLoginLink,
  redeemLoginLink,
} from '../src/gateway/people/login-links.ts';
import { removeMember, setMemberRole } from '../src/gateway/people/members.ts';
import { createSession } from '../src/gateway/people/sessions.ts';
import { setPassword } from '../src/gateway/people/set-password.ts';
import { passwordOf } from '../src/gateway/people/sign-in-methods.ts';
import { createToken } from '../src/gateway/people/tokens.ts';
import { endWayIn } from '../src/gateway/people/ways-in.ts';
import { newId } from '../src/lib/ids.ts';
import { scopes } from '../src/shared/user-tokens.ts';
import { insertMember, listMembers } from '../src/store/members.ts';
import { insertUser } from '../src/store/users.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';

/** A right as the model has it: what it came from, and what has become of it. */
interface Right {
  readonly id: string;
  readonly kind:
    | 'password'
    | 'browser_session'
    | 'user_token'
    | 'agent_session'
    | 'login_link'
    | 'invitation';
  readonly userId: string;
  parent: Right | undefined;
  readonly expiresAt: number;
  /** Over by itself: used up, or signed out. */
  isOver: boolean;
  isTakenAway: boolean;
  readonly isRecovery: boolean;
  readonly role?: 'owner' | 'admin' | 'member';
  /** Whether the product lets its bearer in. */
  readonly works: () => Promise<boolean>;
  readonly secret: string;
}

/**
 * No right is ever used that nobody holds: histories of everything that gives and ends rights, against a model that keeps all rights
 * for ever and asks each time, from the right up to what it first came from, whether anything was taken away.
 */
class Model {
  readonly rights: Right[] = [];
  readonly roles = new Map<string, 'owner' | 'admin' | 'member'>();
  now = 1_800_000_000_000;

  holds(right: Right): boolean {
    if (right.isOver || right.isTakenAway || right.expiresAt <= this.now) return false;
    for (let one = right.parent; one !== undefined; one = one.parent) if (one.isTakenAway) return false;
    if (right.kind === 'login_link' && right.parent?.isOver) return false;
    const role = this.roles.get(right.userId);
    if (role === undefined) return false;
    return right.role === undefined || role === 'owner' || (role === 'admin' && right.role !== 'owner');
  }

  /** What a right made from this one can last, as long as it would by itself. */
  until(parent: Right | undefined, kind: Right['kind'], own: number): number {
    if (parent === undefined) return own;
    const isBound =
      parent.kind === 'browser_session' && (kind === 'browser_session' || kind === 'login_link');
    const ends = [own, isBound ? parent.expiresAt : Infinity];
    // Up to the first thing that its person signs in by: the end of every token on the way.
    for (let one: Right | undefined = parent; one && one.kind !== 'password'; one = one.parent)
      if (one.kind === 'user_token') ends.push(one.expiresAt);
    return Math.min(...ends);
  }

  takeAwayAllOf(userId: string): void {
    for (const right of this.rights) if (right.userId === userId) right.isTakenAway = true;
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;
const works = async (ask: () => Promise<unknown>) => {
  try {
    return (await ask()) !== undefined;
  } catch (error) {
    assert.ok(
      ['unauthenticated', 'expired', 'not_found'].includes((error as { code: string }).code),
      String(error),
    );
    return false;
  }
};

/** What happens, and which of the rights that hold (or of the people) it happens to. */
const step = fc.record({
  what: fc.constantFrom(
    'person',
    'password',
    'signIn',
    'signIn',
    'token',
    'token',
    'token',
    'agent',
    'link',
    'link',
    'useLink',
    'useLink',
    'recover',
    'invite',
    'accept',
    'role',
    'remove',
    'end',
    'end',
    'signOut',
    'wait',
    'wait',
    'wait',
  ),
  at: fc.nat(1000),
  to: fc.nat(1000),
});

for (const engine of engines) {
  describe(`histories of rights on ${engine.name}`, { skip: engine.skip }, () => {
    test('let nobody in by a right that is no longer held, and everybody by one that is', async (t) => {
      const model = new Model();
      const running = await startGateway(t, { clock: () => model.now }, {}, engine);
      const { gateway, owner } = running;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (history) => {
          model.rights.length = 0;
          model.roles.clear();
          const world = new World(gateway, model, owner.organizationId, owner.userId);
          await world.person();
          for (const { what, at, to } of history) {
            await world.do(what, at, to);
            for (const right of model.rights)
              assert.equal(await right.works(), model.holds(right), `${what}: ${right.kind} ${right.id}`);
          }
        }),
        { numRuns: engine.name === 'sqlite' ? 30 : 10 },
      );
    });
  });
}

class World {
  readonly #gateway: Gateway;
  readonly #model: Model;
  readonly #organizationId: string;
  readonly #owner: AdminCaller;

  constructor(gateway: Gateway, model: Model, organizationId: string, ownerId: string) {
    this.#gateway = gateway;
    this.#model = model;
    this.#organizationId = organizationId;
    this.#owner = { kind: 'user', userId: ownerId, organizationId, role: 'owner' };
  }

  async do(what: string, at: number, to: number): Promise<void> {
    this.#model.now += 1000;
    const people = [...this.#model.roles.keys()];
    const held = this.#model.rights.filter((one) => this.#model.holds(one));
    const among = (...kinds: Right['kind'][]) =>
      pick(
        held.filter(({ kind }) => kinds.includes(kind)),
        at,
      );
    const credential = among('browser_session', 'user_token');
    const person = pick(people, at);
    const roles = ['owner', 'admin', 'member'] as const;
    const role = roles[to % roles.length] ?? 'member';
    const session = among('browser_session');
    const acts: Readonly<Record<string, () => unknown>> = {
      person: () => this.person(),
      password: () => session && this.#password(session),
      signIn: () => this.#signIn(among('password')),
      token: () => credential && this.#token(credential, to % 3 === 0 ? undefined : (1 + (to % 10)) * minute),
      agent: () => credential && this.#agent(credential),
      link: () => credential && this.#link(credential),
      useLink: () => this.#useLink(among('login_link')),
      recover: () => person && this.#recover(person),
      invite: () => credential && this.#invite(credential, role),
      accept: () => this.#accept(among('invitation')),
      role: () => person && this.#setRole(person, role),
      remove: () => person && this.#remove(person),
      end: () => this.#end(pick(held, at), to % 2 === 0 ? pick(held, to) : undefined),
      signOut: () => session && this.#signOut(session),
      wait: () => {
        this.#model.now += to % 7 === 0 ? day : (to % 20) * minute;
      },
    };
    await acts[what]?.();
  }

  async person(): Promise<void> {
    const userId = newId();
    await this.#gateway.store.write(async (tx) => {
      await insertUser(tx, { id: userId, name: 'X', email: `${userId}@example.com` }, this.#model.now);
      const organizationId = this.#organizationId;
      await insertMember(tx, { id: newId(), organizationId, userId, role: 'admin' }, this.#model.now);
    });
    this.#model.roles.set(userId, 'admin');
    await this.#arrive(userId);
  }

  #caller({ userId, kind, id }: Right): Promise<AdminCaller> {
    const credential = kind === 'user_token' ? { kind, id, scopes } : { kind: 'browser_session', id };
    return callerOfMember(this.#gateway, userId).then((caller) => ({ ...caller, credential }) as AdminCaller);
  }

  #add(right: Omit<Right, 'isOver' | 'isTakenAway' | 'isRecovery'> & { isRecovery?: boolean }): Right {
    const added: Right = { isRecovery: false, ...right, isOver: false, isTakenAway: false };
    this.#model.rights.push(added);
    return added;
  }

  async #session(userId: string, parent: Right | undefined, isRecovery = false): Promise<void> {
    const id = newId();
    const method = isRecovery ? 'recovery' : 'password';
    const where = { address: '127.0.0.1', userAgent: 'test' };
    await enterBrowserSession(this.#gateway, id, {
      userId,
      cameBy: parent?.id ?? null,
      method,
      isProven: true,
      ...where,
    });
    this.#add({
      id,
      kind: 'browser_session',
      userId,
      parent,
      isRecovery,
      secret: '',
      expiresAt: this.#model.until(parent, 'browser_session', this.#model.now + 7 * day),
      works: () =>
        works(async () => {
          if ((await findBrowserSession(this.#gateway, id)) === undefined) return undefined;
          return callerOfMember(this.#gateway, userId);
        }),
    });
  }

  async #signIn(password: Right | undefined): Promise<void> {
    if (password !== undefined) await this.#session(password.userId, password);
  }

  async #password(right: Right): Promise<void> {
    const { userId } = right;
    const had = this.#model.rights.find(
      (one) => one.kind === 'password' && this.#model.holds(one) && one.userId === userId,
    );
    const session = await findBrowserSession(this.#gateway, right.id);
    assert.ok(session);
    const id = await setPassword(this.#gateway, session, `hash ${newId()}`);
    if (right.isRecovery) this.#model.takeAwayAllOf(userId);
    else
      for (const one of this.#model.rights)
        if (one.userId === userId && ['browser_session', 'login_link'].includes(one.kind)) one.isOver = true;
    if (had !== undefined && !right.isRecovery) {
      assert.equal(id, had.id);
      return;
    }
    const parent = right.isRecovery ? undefined : right;
    this.#add({
      id,
      kind: 'password',
      userId,
      parent,
      secret: '',
      expiresAt: Infinity,
      works: async () => {
        const found = await passwordOf(this.#gateway, userId);
        return found?.id === id && this.#model.roles.has(userId);
      },
    });
  }

  async #token(from: Right, ttlMs: number | undefined): Promise<void> {
    const ttlSeconds = ttlMs === undefined ? null : ttlMs / 1000;
    const { token, value } = await createToken(this.#gateway, await this.#caller(from), 'x', {
      ttlSeconds,
    });
    const own = ttlMs === undefined ? Infinity : this.#model.now + ttlMs;
    this.#add({
      id: token.id,
      kind: 'user_token',
      userId: from.userId,
      parent: from,
      secret: value.reveal(),
      expiresAt: this.#model.until(from, 'user_token', own),
      works: () => works(() => authenticate(this.#gateway, value.reveal())),
    });
  }

  async #agent(from: Right): Promise<void> {
    const { session, token } = await createSession(this.#gateway, await this.#caller(from), {});
    this.#add({
      id: session.id,
      kind: 'agent_session',
      userId: from.userId,
      parent: from,
      secret: '',
      expiresAt: this.#model.until(from, 'agent_session', this.#model.now + 8 * 60 * minute),
      works: () => works(() => authenticate(this.#gateway, token.reveal())),
    });
  }

  async #link(from: Right): Promise<void> {
    const secret = (await newLoginLink(this.#gateway, from.userId, from.id)).reveal();
    this.#linkRight(from.userId, from, secret);
  }

  #linkRight(userId: string, parent: Right | undefined, secret: string, isRecovery = false): void {
    this.#add({
      id: secret,
      kind: 'login_link',
      userId,
      parent,
      isRecovery,
      secret,
      expiresAt: this.#model.until(parent, 'login_link', this.#model.now + 15 * minute),
      works: () =>
        works(async () => {
          await readLoginLink(this.#gateway, secret);
          return callerOfMember(this.#gateway, userId);
        }),
    });
  }

  async #useLink(link: Right | undefined): Promise<void> {
    if (link === undefined) return;
    const { cameBy } = await redeemLoginLink(this.#gateway, link.secret);
    assert.equal(cameBy, link.parent?.id ?? null);
    link.isOver = true;
    await this.#session(link.userId, link.parent, link.isRecovery);
  }

  /** Somebody new, at a browser. */
  async #arrive(userId: string): Promise<void> {
    await this.#recover(userId);
    await this.#useLink(this.#model.rights.at(-1));
  }

  async #recover(userId: string): Promise<void> {
    const secret = (await newRecoveryLink(this.#gateway, `${userId}@example.com`)).reveal();
    this.#linkRight(userId, undefined, secret, true);
  }

  async #invite(from: Right, role: 'owner' | 'admin' | 'member'): Promise<void> {
    const caller = await this.#caller(from);
    const email = `${newId()}@example.com`;
    const { invitation, secret } = await newInvitation(this.#gateway, caller, email, role);
    this.#add({
      id: invitation.id,
      kind: 'invitation',
      userId: from.userId,
      parent: from,
      role,
      secret: secret.reveal(),
      expiresAt: this.#model.until(from, 'invitation', this.#model.now + 7 * day),
      works: () => works(() => invitationOfLink(this.#gateway, secret.reveal())),
    });
  }

  async #accept(invitation: Right | undefined): Promise<void> {
    if (invitation === undefined) return;
    const { email, role } = await invitationOfLink(this.#gateway, invitation.secret);
    const userId = email.slice(0, email.indexOf('@'));
    await this.#gateway.store.write((tx) =>
      insertUser(tx, { id: userId, name: 'X', email }, this.#model.now),
    );
    await acceptInvitation(this.#gateway, invitation.secret, userId);
    invitation.isOver = true;
    this.#model.roles.set(userId, role);
    await this.#arrive(userId);
  }

  async #setRole(userId: string, role: 'owner' | 'admin' | 'member'): Promise<void> {
    await setMemberRole(this.#gateway, this.#owner, await this.#memberId(userId), role);
    this.#model.roles.set(userId, role);
    for (const one of this.#model.rights) {
      const isTooMuch = role === 'member' || (role === 'admin' && one.role === 'owner');
      if (one.userId === userId && one.kind === 'invitation' && isTooMuch) one.isTakenAway = true;
    }
  }

  async #remove(userId: string): Promise<void> {
    await removeMember(this.#gateway, this.#owner, await this.#memberId(userId));
    this.#model.roles.delete(userId);
    this.#model.takeAwayAllOf(userId);
  }

  async #memberId(userId: string): Promise<string> {
    const members = await listMembers(this.#gateway.store.db, this.#organizationId);
    return members.find((one) => one.userId === userId)?.id ?? '';
  }

  async #end(right: Right | undefined, kept: Right | undefined): Promise<void> {
    // The model knows links by their secret; the ledger has another name for them.
    if (right === undefined || right.kind === 'login_link' || kept === right) return;
    const keep = kept === undefined || kept.kind === 'login_link' ? [] : [kept.id];
    const here = { issuer: undefined, takesPasskeys: true };
    try {
      await endWayIn(this.#gateway, { userId: right.userId }, right.id, here, keep);
    } catch (error) {
      assert.equal((error as { code: string }).code, 'conflict', String(error));
      assert.equal(right.kind, 'password');
      return;
    }
    const isBelow = (one: Right | undefined): boolean =>
      one !== undefined && (one.parent === right || isBelow(one.parent));
    if (keep.length > 0 && kept !== undefined && isBelow(kept)) kept.parent = undefined;
    right.isTakenAway = true;
  }

  async #signOut(session: Right): Promise<void> {
    await leaveBrowserSession(this.#gateway, session.userId, session.id);
    session.isOver = true;
  }
}

function pick<Value>(from: readonly Value[], at: number): Value | undefined {
  return from.length === 0 ? undefined : from[at % from.length];
}
