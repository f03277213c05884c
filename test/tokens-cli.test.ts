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
  assert.match(stdout, /^usual +works until 20/m);
  assert.match(stdout, /^short +ends in 12 hours, at 20/m);
  assert.match(stdout, /^endless +works until revoked/m);
  assert.match((await assent(['status'], owner)).stdout, /^token +works until revoked$/m);
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

test('the token of a first start has an end', async (t) => {
  const owner = { ASSENT_HOME: scratchFolder(t), ASSENT_LOG_LEVEL: 'error' };
  await up(t, ['--port', '0'], owner);
  const { tokens } = JSON.parse((await assent(['tokens', 'list', '--json'], owner)).stdout);
  assert.deepEqual(tokens.map(lasts), [90 * day]);
  assert.match((await assent(['status'], owner)).stdout, /^token +works until 20/m);
});
