// What the provider answers, and what is made of it: `oidcClient` alone, without a gateway.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../src/lib/secret.ts';
import { type OidcClient, oidcClient } from '../src/server/auth/oidc-client.ts';
import { RefusedAnswer } from '../src/server/auth/provider-errors.ts';
import { type OidcClaims, type OidcPeer, oddSignatures, startOidc } from './peers/oidc.ts';
import { newCookieClient } from './support/cookie-client.ts';
import { endless, redirectTo, silent, slowly, unfinished } from './support/hostile-answers.ts';

const unavailable = {
  code: 'unavailable',
  message:
    "Single sign-on does not work at present: its provider gives no usable answer. Sign in another way, or try again later. The gateway's log says more.",
};
const origin = 'http://assent.invalid';
const callback = `${origin}/v1/auth/callback/oidc`;
const keys = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
const discovery = '/.well-known/openid-configuration';

describe('a client of an OpenID provider', () => {
  let peer: OidcPeer;
  before(async () => {
    peer = await startOidc();
    peer.serve(origin);
  });
  beforeEach(() => peer.reset());
  after(() => peer.close());

  /** One that has asked nothing yet. */
  const newClient = (patienceMs?: number) => {
    const { issuer, clientId, clientSecret } = peer;
    const provider = { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' };
    return oidcClient(provider, callback, patienceMs);
  };
  /** What comes back with somebody who has signed in. */
  async function answer(client: OidcClient, asksAgain = false): Promise<URLSearchParams> {
    peer.state.signsIn = 'ann';
    const browser = newCookieClient();
    const first = await browser.go(await client.departure(keys, asksAgain));
    const { next } = await browser.follow(first, (url) => url.origin !== origin);
    assert.ok(next);
    return next.searchParams;
  }
  const cause = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(error instanceof Error, 'it was to be refused');
    assert.deepEqual({ code: 'code' in error && error.code, message: error.message }, unavailable);
    const { cause } = error;
    assert.ok(cause instanceof Error);
    return `${cause.name}: ${cause.message}${cause.cause instanceof Error ? `: ${cause.cause.message}` : ''}`;
  };

  test('says whom the provider has signed in, and asks for the address where it is wanted', async () => {
    peer.state.people = { ann: { email: 'ann@example.com', email_verified: true } };
    const client = newClient();
    const identity = await client.identify(await answer(client), keys, undefined);
    assert.equal(identity.subject, 'ann');
    assert.equal(peer.asked('/me'), 0);
    assert.deepEqual(await identity.address(), { email: 'ann@example.com', isProven: true });
    assert.equal(peer.asked('/me'), 1);
    assert.equal(peer.asked(discovery), 1);
  });

  const hostile: Readonly<
    Record<string, { answer: () => RequestListener; patienceMs?: number; says: RegExp }>
  > = {
    'never answers': { answer: () => silent, patienceMs: 1000, says: /^TimeoutError: / },
    'never ends its answer': { answer: () => unfinished, patienceMs: 1000, says: /^TimeoutError: / },
    'leads elsewhere': {
      answer: () => redirectTo(`${peer.issuer}/elsewhere`),
      says: /^TypeError: fetch failed: unexpected redirect$/,
    },
  };
  const parts: Readonly<Record<string, (client: OidcClient) => Promise<unknown>>> = {
    [discovery]: (client) => client.departure(keys, false),
    '/token': async (client) => client.identify(await answer(client), keys, undefined),
    '/jwks': async (client) => client.identify(await answer(client), keys, undefined),
    '/me': async (client) => (await client.identify(await answer(client), keys, undefined)).address(),
  };
  for (const [path, ask] of Object.entries(parts)) {
    for (const [what, { answer, patienceMs, says }] of Object.entries(hostile)) {
      test(`gives up where ${path} ${what}`, async () => {
        peer.state.instead[path] = answer();
        assert.match(await cause(ask(newClient(patienceMs))), says);
        assert.equal(peer.asked('/elsewhere'), 0);
      });
    }

    test(`reads no more than a megabyte of ${path}`, async () => {
      const { answer, bytes } = endless();
      peer.state.instead[path] = answer;
      assert.equal(
        await cause(ask(newClient())),
        "TypeError: the provider's answer is larger than 1048576 bytes",
      );
      // What the two machines had under way comes on top.
      assert.ok(bytes() < 64 * 1024 * 1024, `${bytes()} bytes were taken`);
    });
  }

  test('gives one time to all that one arrival needs', async () => {
    const client = newClient(1000);
    const came = await answer(client);
    // Each of them would be in time on its own.
    for (const path of ['/token', '/jwks']) peer.state.instead[path] = slowly(peer.honestly, 700);
    assert.match(await cause(client.identify(came, keys, undefined)), /^TimeoutError: /);
  });

  test('has each person ask for themselves while the provider is silent, and keeps what one has got', async () => {
    const client = newClient();
    const before = peer.asked(discovery);
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      peer.state.instead[discovery] = (_request, response) => {
        release = () => response.writeHead(503).end();
        resolve();
      };
    });
    const first = cause(client.departure(keys, false));
    await held;
    peer.reset();
    await client.departure(keys, false);
    await client.departure(keys, false);
    assert.equal(peer.asked(discovery), before + 2);
    release?.();
    assert.equal(await first, `TypeError: ${peer.issuer}${discovery} answered 503`);
  });

  describe('believes no ID token', () => {
    const mismatch = 'OAUTH_JWT_CLAIM_COMPARISON_FAILED';
    const invalid = 'OAUTH_INVALID_RESPONSE';
    const seconds = () => Math.floor(Date.now() / 1000);
    const lies: Readonly<Record<string, [change: (claims: OidcClaims) => object, code: string]>> = {
      'of another issuer': [() => ({ iss: 'https://evil.example' }), mismatch],
      'of the issuer by another name': [({ iss }) => ({ iss: `${String(iss)}/` }), mismatch],
      'for another client': [() => ({ aud: 'another' }), mismatch],
      'that another client has had made': [() => ({ azp: 'foreign-client' }), 'foreign_azp'],
      'for several, made for nobody knows whom': [({ aud }) => ({ aud: [aud, 'another'] }), mismatch],
      'with another nonce': [() => ({ nonce: 'x'.repeat(43) }), mismatch],
      'without a nonce': [() => ({ nonce: undefined }), invalid],
      'without an end': [() => ({ exp: undefined }), invalid],
      'with an end that is no number': [({ exp }) => ({ exp: String(exp) }), invalid],
      'that has ended': [() => ({ exp: seconds() - 10 }), 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
      'without a beginning': [() => ({ iat: undefined }), invalid],
      'of later': [() => ({ nbf: seconds() + 60 }), 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
      'of nobody': [() => ({ sub: undefined }), invalid],
      'of a number': [() => ({ sub: 1 }), invalid],
      'of an empty name': [() => ({ sub: '' }), 'no_subject'],
      'of an endless name': [() => ({ sub: 'x'.repeat(256) }), 'no_subject'],
    };
    for (const [what, [change, code]] of Object.entries(lies)) {
      test(what, async () => {
        peer.state.idToken = (claims) => ({ ...claims, ...change(claims) });
        await assertNotBelieved(code);
      });
    }

    for (const [what, sign] of Object.entries(oddSignatures)) {
      test(`that is signed with ${what}, whatever the provider says that it signs with`, async () => {
        peer.state.sign = sign;
        for (const named of [undefined, ['RS256'], ['RS256', 'none', 'HS256']]) {
          peer.state.discovery = (document) => ({
            ...document,
            id_token_signing_alg_values_supported: named,
          });
          await assertNotBelieved();
        }
      });
    }

    test('that is signed with a key of somebody else', async () => {
      peer.state.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      await assertNotBelieved(invalid);
    });

    async function assertNotBelieved(code?: string): Promise<void> {
      const client = newClient();
      const came = await answer(client);
      await assert.rejects(client.identify(came, keys, undefined), (error) => {
        assert.ok(error instanceof RefusedAnswer, String(error));
        if (code !== undefined) assert.equal(error.code, code, error.message);
        // It goes into the log: nothing of the answer may be in it.
        assert.doesNotMatch(
          inspect(error, { depth: 9, showHidden: true }),
          /eyJ|evil\.example|foreign-client/,
        );
        return true;
      });
    }
  });

  describe('asks anew', () => {
    const seconds = () => Math.floor(Date.now() / 1000);
    const identify = async (claims: object) => {
      peer.state.idToken = (told) => ({ ...told, ...claims });
      const client = newClient();
      return client.identify(await answer(client, true), keys, 5000);
    };

    test('and says so to the provider, which says that it has', async () => {
      const asked = new URL(await newClient().departure(keys, true)).searchParams;
      assert.deepEqual([asked.get('prompt'), asked.get('max_age')], ['login', '0']);
      const usually = new URL(await newClient().departure(keys, false)).searchParams;
      assert.deepEqual([usually.get('prompt'), usually.get('max_age')], [null, null]);
      assert.equal((await identify({})).subject, 'ann');
    });

    test('and believes what is no older than the beginning, give or take ten seconds', async () => {
      assert.equal((await identify({ auth_time: seconds() - 14 })).subject, 'ann');
      const old = { code: 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED' };
      await assert.rejects(identify({ auth_time: seconds() - 17 }), old);
      await assert.rejects(identify({ auth_time: 0 }), old);
    });

    test('and believes nobody who does not say when', async () => {
      const missing = { code: 'OAUTH_INVALID_RESPONSE', message: /auth_time/ };
      for (const auth_time of [undefined, null, String(seconds()), -1])
        await assert.rejects(identify({ auth_time }), missing);
    });
  });

  describe('takes no metadata', () => {
    const bad: Readonly<Record<string, (issuer: string) => object>> = {
      'of another issuer': () => ({ issuer: 'https://evil.example' }),
      'whose issuer only begins alike': (issuer) => ({ issuer: `${issuer}/evil` }),
      'that leads a browser to a script': () => ({ authorization_endpoint: 'javascript:alert(1)' }),
      'that leads a browser to a file': () => ({ authorization_endpoint: 'file:///etc/passwd' }),
      'that leads a browser somewhere without encryption': () => ({
        authorization_endpoint: 'http://evil.example',
      }),
      'with a password in an address': (issuer) => ({
        authorization_endpoint: issuer.replace('//', '//user:password@'),
      }),
      'with a name in an address': (issuer) => ({ token_endpoint: issuer.replace('//', '//user@') }),
      'with a fragment in an address': (issuer) => ({ authorization_endpoint: `${issuer}/auth#x` }),
      'with tokens in the clear': () => ({ token_endpoint: 'http://10.0.0.1/token' }),
      'with keys in the clear': () => ({ jwks_uri: 'http://keys.example' }),
      'with keys inside': () => ({ jwks_uri: 'data:application/json,{"keys":[]}' }),
      'with user info in the clear': () => ({ userinfo_endpoint: 'http://10.0.0.1/me' }),
      'without keys': () => ({ jwks_uri: undefined }),
      'with algorithms that are no list': () => ({ id_token_signing_alg_values_supported: 'none' }),
    };
    for (const [what, change] of Object.entries(bad)) {
      test(what, async () => {
        peer.state.discovery = (document) => ({ ...document, ...change(peer.issuer) });
        assert.match(await cause(newClient().departure(keys, false)), /^ZodError: /);
      });
    }
  });
});
