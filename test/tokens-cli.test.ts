// A person's tokens over the command line: how long they work, and what they are for.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { assent, up } from './support/cli.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

/** A gateway, and its owner at a command line, with a token that has no end and every scope. */
async function gatewayOf(t: TestContext) {
  const { address, ownerToken } = await startGateway(t);
  const withToken = (value: string) => ({ ASSENT_GATEWAY_URL: address, ASSENT_USER_TOKEN: value });
  const owner = withToken(ownerToken);
  const create = async (...args: string[]) =>
    JSON.parse((await assent(['tokens', 'create', ...args, '--json'], owner)).stdout);
  return { owner, create, withToken };
}

const day = 24 * 3600_000;
const lasts = (token: { createdAt: string; expiresAt: string | null }) =>
  token.expiresAt === null ? null : Date.parse(token.expiresAt) - Date.parse(token.createdAt);

test('a token ends after 90 days, after --ttl, or never', async (t) => {
  const { owner, create, withToken } = await gatewayOf(t);
  const usual = await create('usual');
  const short = await create('short', '--ttl', '12h');
  const endless = await create('endless', '--ttl', 'never');
  assert.deepEqual(
    [usual, short, endless].map(({ token }) => lasts(token)),
    [90 * day, day / 2, null],
  );
  const wrong = await assent(['tokens', 'create', 'x', '--ttl', 'ever'], owner);
  assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /--ttl is "ever"\. Give a number with a unit/);

  const { stdout } = await assent(['tokens', 'list'], owner);
  assert.match(stdout, /^usual +read,ask,approve,configure +works until 20/m);
  assert.match(stdout, /^short +\S+ +ends in 12 hours, at 20/m);
  assert.match(stdout, /^endless +\S+ +works until revoked/m);
  assert.match(
    (await assent(['status'], owner)).stdout,
    /^token +works until revoked, for read, ask, approve, configure$/m,
  );
  const soon = await assent(['status'], withToken(short.value));
  assert.match(soon.stdout, /^token +ends in 12 hours, at 20[^\n]+: `assent login` gets another$/m);
});

test('a token that ends with the one that made it says so', async (t) => {
  const { owner, create, withToken } = await gatewayOf(t);
  const says = /It is shown this once, and works until 20[-0-9]+ [:0-9]+[.,]/;
  const plain = await assent(['tokens', 'create', 'plain'], owner);
  assert.match(plain.stderr, says);
  assert.doesNotMatch(plain.stderr, /no longer/);
  const short = withToken((await create('short', '--ttl', '12h')).value);
  for (const ttl of [[], ['--ttl', 'never'], ['--ttl', '13h']]) {
    const { stderr } = await assent(['tokens', 'create', 'cut', ...ttl], short);
    assert.match(stderr, says);
    assert.match(stderr, /no longer than the token that makes it: the page makes one that does/);
  }
  const { stderr } = await assent(['tokens', 'create', 'shorter', '--ttl', '11h'], short);
  assert.doesNotMatch(stderr, /no longer/);
});

test('a token is made for what --scope names, and refused for the rest', async (t) => {
  const { owner, create, withToken } = await gatewayOf(t);
  const { token, value } = await create('watcher', '--scope', 'approve, read', '--ttl', '30d');
  assert.deepEqual([token.scopes, lasts(token)], [['read', 'approve'], 30 * day]);
  const plain = await assent(['tokens', 'create', 'reader', '--scope', 'read'], owner);
  assert.match(plain.stderr, /Whoever has it can use it for read\.$/m);
  assert.match((await assent(['tokens', 'list'], owner)).stdout, /^watcher +read,approve +works until 20/m);

  const watcher = withToken(value);
  assert.equal((await assent(['inbox'], watcher)).code, 0);
  assert.match((await assent(['status'], watcher)).stdout, /^token +works until .*, for read, approve$/m);
  const refused = await assent(['sessions', 'create'], watcher);
  assert.deepEqual([refused.code, refused.stdout], [1, '']);
  assert.match(
    refused.stderr,
    /This takes a token with the scope ask; yours has read and approve\. Make one that has it in the settings of the page, or with `assent tokens create <name> --scope ask`/,
  );
  const link = await assent(['login', '--link'], watcher);
  assert.deepEqual([link.code, link.stdout], [1, '']);
  const configure = withToken((await create('configurer', '--scope', 'read,configure')).value);
  const more = await assent(['tokens', 'create', 'more', '--scope', 'approve'], configure);
  assert.equal(more.code, 1);
  assert.match(more.stderr, /A token gives nothing that it may not do itself: this takes approve too/);
  for (const scope of ['write', 'read,', ',']) {
    const wrong = await assent(['tokens', 'create', 'x', '--scope', scope], owner);
    assert.equal(wrong.code, 2, scope);
    assert.match(wrong.stderr, /Give one or more of read, ask, approve, configure/);
  }
  const help = await assent(['tokens', 'create', '--help'], owner);
  assert.match(help.stdout, /--scope read,approve +what it is for: read, ask, approve, configure/);
  assert.match(help.stdout, /^ +approve +approve, deny and reveal what waits$/m);
});

test('the token of a first start has an end', async (t) => {
  const owner = { ASSENT_HOME: scratchFolder(t), ASSENT_LOG_LEVEL: 'error' };
  await up(t, ['--port', '0'], owner);
  const { tokens } = JSON.parse((await assent(['tokens', 'list', '--json'], owner)).stdout);
  assert.deepEqual(tokens.map(lasts), [90 * day]);
  assert.match((await assent(['status'], owner)).stdout, /^token +works until 20/m);
});
