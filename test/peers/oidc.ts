// An OpenID provider for tests, on a free port of 127.0.0.1: `oidc-provider`, whose sign-in page lets in whom the test names.
// A test may change what it tells before it goes out; what it signs, it signs with its own key unless told otherwise.
import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { Provider } from 'oidc-provider';

export interface OidcPerson {
  readonly email?: string;
  readonly email_verified?: unknown;
}

export type OidcClaims = Record<string, unknown>;

export interface OidcState {
  /** By their `sub`. */
  people: Record<string, OidcPerson>;
  /** Who sits at the browser; `undefined` cancels. */
  signsIn: string | undefined;
  /** Changes the ID token's claims; `undefined` leaves the token out. */
  idToken: (claims: OidcClaims) => OidcClaims | undefined;
  userInfo: (claims: OidcClaims) => OidcClaims;
  discovery: (document: OidcClaims) => OidcClaims;
  /** Signs the ID token in place of the provider's key. */
  key: KeyObject | undefined;
  /** Makes a token of the claims in place of the provider, as it likes. */
  sign: ((claims: OidcClaims) => string) | undefined;
  /** Answers in place of the provider, by path: `/token`, `/jwks`, `/me`, `/.well-known/openid-configuration`. */
  instead: Record<string, http.RequestListener>;
  isDown: boolean;
}

export interface OidcPeer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly state: OidcState;
  /** How often a path was asked for. */
  asked(path: string): number;
  /** Answers as a provider does, whatever else a test wants. */
  honestly: http.RequestListener;
  /** A token endpoint whose codes serve again and again: whoever asks is the one who signed in last. */
  serveAgain: http.RequestListener;
  /** Back to how a provider behaves. */
  reset(): void;
  /** The gateway's address, which the provider sends people back to. */
  serve(publicUrl: string): void;
  close(): Promise<void>;
}

const clientId = 'assent';
const clientSecret = 'a secret: with +, % and &';

export async function startOidc(): Promise<OidcPeer> {
  const state = honest();
  const seen: Seen = { paths: [], nonce: null };
  let answer: http.RequestListener = (_request, response) => response.writeHead(503).end();
  let honestly = answer;
  const server = http.createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as { port: number };
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    clientId,
    clientSecret,
    state,
    asked: (path) => seen.paths.filter((one) => one === path).length,
    honestly: (request, response) => honestly(request, response),
    serveAgain: (_request, response) => {
      const now = Math.floor(Date.now() / 1000);
      const sub = state.signsIn ?? '';
      const times = { iat: now, exp: now + 600 };
      const claims = { iss: issuer, aud: clientId, sub, nonce: seen.nonce, ...times, ...state.people[sub] };
      const tokens = { access_token: 'any', token_type: 'Bearer', id_token: signed(claims, undefined) };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(tokens));
    },
    reset: () => Object.assign(state, honest()),
    serve: (publicUrl) => {
      honestly = providerOf(issuer, publicUrl, state);
      answer = bent(honestly, issuer, state, seen);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function honest(): OidcState {
  const same = (claims: OidcClaims) => claims;
  return {
    people: {},
    signsIn: undefined,
    idToken: same,
    userInfo: same,
    discovery: same,
    key: undefined,
    sign: undefined,
    instead: {},
    isDown: false,
  };
}

interface Seen {
  readonly paths: string[];
  /** Of the latest request to sign somebody in. */
  nonce: string | null;
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signingKey = { ...keys.privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'peer' };

function providerOf(issuer: string, publicUrl: string, state: OidcState): http.RequestListener {
  const provider = new Provider(issuer, configuration(`${publicUrl}/v1/auth/callback/oidc`, state));
  provider.use(async (context, next) => {
    await next();
    const change = changes[context.oidc?.route ?? ''];
    // The routes below answer with JSON objects.
    if (change !== undefined) context.body = change(state, context.body as OidcClaims);
  });
  const callback = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response);
    const result =
      state.signsIn === undefined ? { error: 'access_denied' } : { login: { accountId: state.signsIn } };
    return void provider.interactionFinished(request, response, result);
  };
}

function bent(
  honestly: http.RequestListener,
  issuer: string,
  state: OidcState,
  seen: Seen,
): http.RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer);
    seen.paths.push(pathname);
    seen.nonce = searchParams.get('nonce') ?? seen.nonce;
    if (state.isDown) return response.writeHead(503).end();
    return (state.instead[pathname] ?? honestly)(request, response);
  };
}

function configuration(redirectUri: string, state: OidcState): object {
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [signingKey] },
    cookies: { keys: ['a test'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...state.people[sub] }),
    }),
    loadExistingGrant,
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
}

interface GrantContext {
  readonly oidc: {
    readonly provider: Provider;
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}

/** Nobody is asked for consent. */
async function loadExistingGrant({ oidc }: GrantContext): Promise<unknown> {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client.clientId,
    accountId: oidc.session.accountId,
  });
  grant.addOIDCScope('openid email');
  await grant.save();
  return grant;
}

const changes: Readonly<Record<string, (state: OidcState, body: OidcClaims) => OidcClaims>> = {
  discovery: (state, body) => state.discovery(body),
  userinfo: (state, body) => state.userInfo(body),
  token: (state, { id_token: token, ...rest }) => {
    if (typeof token !== 'string') return rest;
    const claims = state.idToken(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
    if (claims === undefined) return rest;
    return { ...rest, id_token: state.sign?.(claims) ?? signed(claims, state.key) };
  },
};

/** Ways to sign that nobody must believe, or that the provider does not name. */
export const oddSignatures: Readonly<Record<string, (claims: OidcClaims) => string>> = {
  none: (claims) => jws({ alg: 'none' }, claims, () => Buffer.alloc(0)),
  HS256: (claims) =>
    jws({ alg: 'HS256' }, claims, (text) => createHmac('sha256', clientSecret).update(text).digest()),
  'HS256 with the public key': (claims) => {
    const key = keys.publicKey.export({ type: 'spki', format: 'pem' });
    return jws({ alg: 'HS256', kid: 'peer' }, claims, (text) =>
      createHmac('sha256', key).update(text).digest(),
    );
  },
  RS512: (claims) =>
    jws({ alg: 'RS512', kid: 'peer' }, claims, (text) => sign('sha512', Buffer.from(text), keys.privateKey)),
  'an empty signature': (claims) => jws({ alg: 'RS256', kid: 'peer' }, claims, () => Buffer.alloc(0)),
};

function signed(claims: OidcClaims, key: KeyObject | undefined): string {
  const own = createPrivateKey({ key: signingKey, format: 'jwk' });
  return jws({ alg: 'RS256', kid: 'peer', typ: 'JWT' }, claims, (text) =>
    sign('sha256', Buffer.from(text), key ?? own),
  );
}

function jws(header: object, claims: OidcClaims, signature: (text: string) => Buffer): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${signature(text).toString('base64url')}`;
}
