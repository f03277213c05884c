import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Secret } from '../lib/secret.ts';
import { agentConfig } from './agent.ts';
import { credentialsPath, readCredentials, removeCredentials, writeCredentials } from './credentials.ts';
import { gatewayConfig } from './gateway.ts';
import { assentHome } from './home.ts';
import { oidcConfig } from './oidc.ts';

describe('home', () => {
  test('is what is named, or where the system keeps such things', () => {
    assert.equal(assentHome({ ASSENT_HOME: '/a' }, 'linux'), '/a');
    assert.equal(assentHome({ HOME: '/h' }, 'linux'), '/h/.config/assent');
    assert.equal(assentHome({ HOME: '/h', XDG_CONFIG_HOME: '/x' }, 'linux'), '/x/assent');
    assert.equal(assentHome({ HOME: '/h', XDG_CONFIG_HOME: 'relative' }, 'linux'), '/h/.config/assent');
    assert.equal(assentHome({ HOME: '/h' }, 'darwin'), '/h/Library/Application Support/assent');
  });

  test('is never guessed', () => {
    assert.throws(() => assentHome({}, 'linux'), {
      code: 'usage',
      message: 'There is no HOME to keep files in. Set ASSENT_HOME to a folder of your own.',
    });
  });
});

describe('gateway', () => {
  const env = { HOME: '/h' };

  test('has defaults for everything', () => {
    const config = gatewayConfig({}, env);
    assert.deepEqual(
      [
        config.host,
        config.port,
        config.dataDir,
        config.allowStdioConnectors,
        config.allowPrivateAddresses,
        config.limits,
      ],
      ['127.0.0.1', 4747, '/h/.config/assent/data', false, false, {}],
    );
  });

  test('a flag goes before its variable', () => {
    const both = {
      ...env,
      ASSENT_PORT: '1',
      ASSENT_ALLOW_STDIO_CONNECTORS: 'yes',
      ASSENT_INVOKES_PER_MINUTE: '7',
    };
    assert.equal(gatewayConfig({ port: '2' }, both).port, 2);
    assert.equal(gatewayConfig({}, both).port, 1);
    assert.equal(gatewayConfig({}, both).allowStdioConnectors, true);
    assert.deepEqual(gatewayConfig({}, both).limits, { invokesPerWindow: 7 });
  });

  type Wrong = [string, Parameters<typeof gatewayConfig>[0], Record<string, string>, RegExp];
  const wrong: readonly Wrong[] = [
    ['a port of letters', { port: 'http' }, {}, /^"http" is no port\. Give a number from 0/],
    ['a port too high', { port: '65536' }, {}, /^"65536" is no port/],
    ['a port below zero', { port: '-1' }, {}, /^"-1" is no port/],
    ['another database', { databaseUrl: 'mysql://x' }, {}, /^A database URL begins with postgres:\/\//],
    ['a public address that is none', { publicUrl: 'assent' }, {}, /^"assent" is no address for people/],
    [
      'a public address with a path',
      { publicUrl: 'https://host.example/assent' },
      {},
      /^"https:\/\/host\.example\/assent" is more than a scheme, a host and a port\. .* like https:\/\/host\.example\.$/,
    ],
    ['a public address with a query', { publicUrl: 'https://host.example/?a' }, {}, /is more than a scheme/],
    [
      'a proxy of another kind',
      {},
      { HTTPS_PROXY: 'socks5://p:1' },
      /^HTTPS_PROXY is no address of a proxy\./,
    ],
    [
      'a proxy in front that is none',
      {},
      { ASSENT_TRUSTED_PROXIES: 'TRUE' },
      /^ASSENT_TRUSTED_PROXIES has "TRUE"/,
    ],
    ...['ASSENT_ALLOW_STDIO_CONNECTORS', 'ASSENT_ALLOW_PRIVATE_ADDRESSES'].map(
      (name): Wrong => [
        `a switch in ${name} that is neither on nor off`,
        {},
        { [name]: 'TRUE' },
        new RegExp(`^${name} is "TRUE", which is neither on nor off\\. Write 1 or 0\\.$`),
      ],
    ),
    ['a log level that is none', { logLevel: 'loud' }, {}, /^"loud" is no log level\. Choose one of fatal, /],
    [
      'a limit of nothing',
      {},
      { ASSENT_MAX_PENDING_PER_SESSION: '0' },
      /^ASSENT_MAX_PENDING_PER_SESSION is "0"/,
    ],
    [
      'a limit of words',
      {},
      { ASSENT_PENDING_EXPIRY_SECONDS: 'five' },
      /^ASSENT_PENDING_EXPIRY_SECONDS is "five"/,
    ],
  ];
  for (const [what, flags, more, message] of wrong) {
    test(`refuses ${what}`, () => {
      assert.throws(() => gatewayConfig(flags, { ...env, ...more }), { code: 'usage', message });
    });
  }

  for (const [name, value] of [
    ['ASSENT_SECRET_KEY', 'c2VjcmV0'],
    ['ASSENT_DATABASE_URL', 'postgres://me:hunter22@host/db'],
  ] as const)
    test(`takes ${name} from a file as well, and from one place`, (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
      t.after(() => rmSync(folder, { recursive: true }));
      const file = join(folder, 'secret');
      const read = (more: Record<string, string>) => {
        const { secretKey, databaseUrl } = gatewayConfig({}, { ...env, ...more });
        return (secretKey ?? databaseUrl)?.reveal();
      };
      writeFileSync(file, `${value}\n`);
      assert.equal(read({ [`${name}_FILE`]: file }), value);
      assert.equal(read({ [name]: value, [`${name}_FILE`]: '' }), value);
      assert.throws(() => read({ [name]: value, [`${name}_FILE`]: file }), {
        code: 'usage',
        message: `Both ${name} and ${name}_FILE are set. Keep one of them.`,
      });
      writeFileSync(file, ' \n');
      assert.throws(() => read({ [`${name}_FILE`]: file }), {
        code: 'unreadable',
        message: `The file of ${name}_FILE, ${file}, is empty.`,
      });
      assert.throws(() => read({ [`${name}_FILE`]: folder }), {
        code: 'unreadable',
        message: new RegExp(`^The file of ${name}_FILE cannot be read: `),
      });
    });

  test('shows no password of the database', () => {
    const config = gatewayConfig({ databaseUrl: 'postgres://me:hunter22@host/db' }, env);
    assert.ok(!JSON.stringify(config).includes('hunter22'));
  });
});

describe('credentials', () => {
  test('come back as they were written, readable by nobody else', (t) => {
    const home = mkdtempSync(join(tmpdir(), 'assent-test-'));
    t.after(() => rmSync(home, { recursive: true }));
    assert.equal(readCredentials(home), undefined);
    writeCredentials(home, { url: 'http://127.0.0.1:1', token: new Secret('ast_u_x') });
    assert.equal(readCredentials(home)?.token.reveal(), 'ast_u_x');
    assert.equal(statSync(credentialsPath(home)).mode & 0o777, 0o600);
    for (const text of ['', '{', '[]', '{"url":"x","token":"y"}', '{"url":"http://a","token":1}']) {
      writeFileSync(credentialsPath(home), text);
      assert.throws(() => readCredentials(home), {
        code: 'unreadable',
        message: /Log in again with `assent login`\.$/,
      });
    }
    removeCredentials(home);
    assert.equal(readCredentials(home), undefined);
  });
});

describe('agent', () => {
  test('has three variables, and is told which are missing', () => {
    const env = { ASSENT_GATEWAY_URL: 'http://127.0.0.1:1', ASSENT_SESSION_ID: 's', ASSENT_TOKEN: 't' };
    assert.equal(agentConfig(env).sessionId, 's');
    assert.throws(() => agentConfig({ ASSENT_TOKEN: 't' }), {
      code: 'usage',
      message: /^ASSENT_GATEWAY_URL and ASSENT_SESSION_ID must be set\./,
    });
    assert.throws(() => agentConfig({ ...env, ASSENT_GATEWAY_URL: 'nowhere' }), {
      code: 'usage',
      message: /is no address\.$/,
    });
  });
});

describe('single sign-on', () => {
  const full = {
    ASSENT_OIDC_ISSUER: 'https://login.example.com/',
    ASSENT_OIDC_CLIENT_ID: 'assent',
    ASSENT_OIDC_CLIENT_SECRET: 'hush',
  };

  test('is there where all of it is, and does not show its secret', () => {
    assert.equal(oidcConfig({}), undefined);
    const config = oidcConfig(full);
    assert.deepEqual(
      [config?.issuer, config?.clientId, config?.name],
      ['https://login.example.com', 'assent', 'single sign-on'],
    );
    assert.equal(config?.clientSecret.reveal(), 'hush');
    assert.ok(!JSON.stringify(config).includes('hush'));
    assert.equal(oidcConfig({ ...full, ASSENT_OIDC_NAME: 'Acme' })?.name, 'Acme');
  });

  test('says what is missing where a part is', () => {
    const missing: [object, string][] = [
      [{ ASSENT_OIDC_CLIENT_SECRET: '' }, 'ASSENT_OIDC_CLIENT_SECRET'],
      [{ ASSENT_OIDC_ISSUER: undefined }, 'ASSENT_OIDC_ISSUER'],
      [{ ASSENT_OIDC_ISSUER: '', ASSENT_OIDC_CLIENT_ID: '' }, 'ASSENT_OIDC_ISSUER and ASSENT_OIDC_CLIENT_ID'],
    ];
    for (const [change, names] of missing) {
      assert.throws(() => oidcConfig({ ...full, ...change }), {
        code: 'usage',
        message: `Single sign-on is configured in part. Set ${names} too, or none of the ASSENT_OIDC_ variables.`,
      });
    }
  });

  test('takes an address that nobody can listen in on', () => {
    for (const issuer of [
      'https://a.example/realms/x',
      'http://localhost:8080',
      'http://127.0.0.1:1',
      'http://[::1]:1',
    ])
      assert.equal(oidcConfig({ ...full, ASSENT_OIDC_ISSUER: issuer })?.issuer, issuer);
    for (const issuer of [
      'http://login.example.com',
      'login.example.com',
      'https://u:p@login.example.com',
      'https://login.example.com?a=b',
      'https://login.example.com#x',
      'https://login.example.com/a b',
      'ftp://login.example.com',
    ]) {
      assert.throws(() => oidcConfig({ ...full, ASSENT_OIDC_ISSUER: issuer }), {
        code: 'usage',
        message:
          'ASSENT_OIDC_ISSUER cannot be used. Give the address that the provider calls itself, like https://login.example.com: https, with neither query nor password.',
      });
    }
    for (const name of ['x'.repeat(61), 'a\nb']) {
      assert.throws(() => oidcConfig({ ...full, ASSENT_OIDC_NAME: name }), {
        code: 'usage',
        message: 'ASSENT_OIDC_NAME has at most 60 characters, and no control characters.',
      });
    }
  });

  test('reads its secret from a file', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'secret');
    writeFileSync(path, 'from a file\n');
    const env = { ...full, ASSENT_OIDC_CLIENT_SECRET: undefined, ASSENT_OIDC_CLIENT_SECRET_FILE: path };
    assert.equal(oidcConfig(env)?.clientSecret.reveal(), 'from a file');
    assert.throws(() => oidcConfig({ ...env, ASSENT_OIDC_CLIENT_SECRET: 'hush' }), {
      code: 'usage',
      message: 'Both ASSENT_OIDC_CLIENT_SECRET and ASSENT_OIDC_CLIENT_SECRET_FILE are set. Keep one of them.',
    });
    assert.throws(() => oidcConfig({ ...env, ASSENT_OIDC_CLIENT_SECRET_FILE: join(folder, 'none') }), {
      code: 'unreadable',
      message: /^The file of ASSENT_OIDC_CLIENT_SECRET_FILE cannot be read: ENOENT/,
    });
  });
});
