import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { commands } from '../src/cli/commands.ts';
import { shellWords } from '../src/cli/shell.ts';
import { writeCredentials } from '../src/config/credentials.ts';
import { Secret } from '../src/lib/secret.ts';
import { assent } from './support/cli.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

/** Whatever is not here is for people. */
const forOthers = {
  agent: ['actions list', 'actions guide', 'actions run', 'actions result', 'actions status'],
  anybody: [
    'bootstrap',
    'action-pack check',
    'action-pack inspect',
    'action-pack extract',
    'action-pack receivers',
    'completion',
  ],
};

/** What listens where the person's gateway would be, and what it was asked. */
async function listener(t: TestContext) {
  const asked: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} ${headers.authorization}`);
    response.writeHead(501).end();
  }).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const usersToken = `ast_u_${'p'.repeat(43)}`;
const agentsToken = `ast_s_${'a'.repeat(43)}`;

/** A home in which a person is logged in, and the environment of an agent that shares it. */
function sharedHome(t: TestContext, url: string) {
  const home = scratchFolder(t);
  writeCredentials(home, { url, token: new Secret(usersToken) });
  return {
    home,
    agent: {
      ASSENT_HOME: home,
      ASSENT_GATEWAY_URL: url,
      ASSENT_SESSION_ID: '01a1fdc7-1475-741c-8a68-d0c220c7d393',
      ASSENT_TOKEN: agentsToken,
    },
  };
}

/** The words of the example in a command's help: a command line that it takes. */
async function exampleOf(path: string): Promise<string[]> {
  const { example } = await (commands.find((one) => one.path === path) ?? assert.fail(path)).load();
  const line = /assent [^()<>"|]*(?:"[^"]*"[^()<>"|]*)*/.exec(example)?.[0] ?? '';
  return shellWords(line).slice(1);
}

test('every command says whose it is, and few are an agent’s', () => {
  for (const [audience, paths] of Object.entries(forOthers))
    assert.deepEqual(
      commands.filter((one) => one.audience === audience).map(({ path }) => path),
      paths,
    );
});

describe('in an agent’s environment', () => {
  for (const { path, audience } of commands)
    if (audience === 'person')
      test(`assent ${path} refuses, asks nothing and writes nothing`, async (t) => {
        const { asked, url } = await listener(t);
        const { home, agent } = sharedHome(t, url);
        const words = await exampleOf(path);
        const ended = await assent(words, agent, 'typed\n');
        const marks = 'ASSENT_SESSION_ID, ASSENT_TOKEN, and ASSENT_GATEWAY_URL';
        const says = `\`assent ${path}\` is for people, and this is an agent's environment (it has ${marks}). Nothing was done. An agent asks its person to run it. If you are that person, run it in a shell of your own, or add --as-person.`;
        const prefix = path.startsWith('action-pack ') ? 'ERR' : 'assent:';
        assert.deepEqual(ended, { code: 1, stdout: '', stderr: `${prefix} ${says}\n` });
        const inJson = await assent([...words, '--json'], agent, 'typed\n');
        assert.deepEqual(
          [inJson.code, JSON.parse(inJson.stdout)],
          [1, { error: { code: 'forbidden', message: says } }],
        );
        assert.deepEqual([asked, readdirSync(home)], [[], ['credentials.json']]);
      });
    else
      test(`assent ${path} works, and without the person’s token`, async (t) => {
        const { asked, url } = await listener(t);
        const { home, agent } = sharedHome(t, url);
        const words = path === 'bootstrap' ? [path, scratchFolder(t)] : await exampleOf(path);
        const { stderr } = await assent(words, agent);
        assert.doesNotMatch(stderr, /is for people/);
        assert.equal(asked.length > 0, audience === 'agent');
        for (const one of asked) assert.ok(one.endsWith(agentsToken), one);
        assert.deepEqual(readdirSync(home), ['credentials.json']);
      });

  for (const name of ['ASSENT_GATEWAY_URL', 'ASSENT_SESSION_ID', 'ASSENT_TOKEN'] as const)
    test(`${name} alone makes one`, async (t) => {
      const { asked, url } = await listener(t);
      const { home, agent } = sharedHome(t, url);
      const { code, stderr } = await assent(['status'], { ASSENT_HOME: home, [name]: agent[name] });
      assert.deepEqual([code, asked], [1, []]);
      assert.ok(stderr.includes(`(it has ${name})`), stderr);
    });

  test('help is for everybody, and names the flag that lets a person through', async (t) => {
    const { agent } = sharedHome(t, 'http://127.0.0.1:1');
    const { code, stdout } = await assent(['inbox', 'approve', '--help'], agent);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^ {2}--as-person +run it although this is an agent's environment: a person is here$/m,
    );
    assert.doesNotMatch((await assent(['actions', 'list', '--help'], agent)).stdout, /--as-person/);
  });
});

test('a person’s own variables make no agent’s environment', async (t) => {
  const { asked, url } = await listener(t);
  const own = { ASSENT_HOME: scratchFolder(t), ASSENT_GATEWAY_URL: url, ASSENT_USER_TOKEN: usersToken };
  await assent(['status'], own);
  assert.deepEqual(asked, [`GET /v1/status Bearer ${usersToken}`]);
  const both = { ...own, ASSENT_TOKEN: agentsToken };
  assert.match((await assent(['status'], both)).stderr, /\(it has ASSENT_TOKEN\)/);
  assert.equal(asked.length, 1);
});

test('what an agent asked for waits until its person decides, also where both share a machine', async (t) => {
  const source = scriptedSource();
  const gateway = await startGateway(t, { sourceKinds: [source.kind] });
  const session = await gateway.session();
  const home = scratchFolder(t);
  writeCredentials(home, { url: gateway.address, token: new Secret(gateway.ownerToken) });
  const agent = {
    ASSENT_HOME: home,
    ASSENT_GATEWAY_URL: gateway.address,
    ASSENT_SESSION_ID: session.id,
    ASSENT_TOKEN: session.token,
  };
  const { id } = (await session.invoke('change', { text: 'x' })).body.invocation;
  const approve = ['inbox', 'approve', id];
  assert.equal((await assent(approve, agent)).code, 1);
  const waiting = await assent(['actions', 'status', id, '--json'], agent);
  assert.equal(JSON.parse(waiting.stdout).invocation.status, 'pending');
  assert.deepEqual(source.calls, []);
  const approved = await assent([...approve, '--as-person'], agent);
  assert.deepEqual([approved.code, source.calls.length], [0, 1], approved.stderr);
});
