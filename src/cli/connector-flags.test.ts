import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SettingFlags, transportOf } from './connector-flags.ts';

const none: SettingFlags = {
  url: undefined,
  command: undefined,
  header: [],
  'header-secret': [],
  env: [],
  'env-secret': [],
  cwd: undefined,
  parallel: false,
  'start-timeout': undefined,
  'list-timeout': undefined,
  'call-timeout': undefined,
  'longest-call': undefined,
};

test('flags describe a transport', () => {
  assert.deepEqual(
    transportOf({
      ...none,
      command: "npx -y 'a b'",
      env: ['A=1=2', 'EMPTY='],
      'env-secret': ['KEY=MY_KEY'],
      cwd: '/srv',
      parallel: true,
      'start-timeout': '60',
      'call-timeout': '1.5',
    }),
    {
      type: 'stdio',
      command: 'npx',
      args: ['-y', 'a b'],
      env: [
        { name: 'A', value: '1=2' },
        { name: 'EMPTY', value: '' },
        { name: 'KEY', secretKey: 'MY_KEY' },
      ],
      cwd: '/srv',
      parallel: true,
      limits: { startMs: 60_000, callMs: 1500 },
    },
  );
  const url = 'https://mcp.example/mcp';
  assert.deepEqual(transportOf({ ...none, url }), { type: 'http', url });
});

test('what is not named stays, and what is unset goes', () => {
  const before = {
    type: 'http',
    url: 'https://mcp.example/mcp',
    headers: [
      { name: 'X-A', value: '1' },
      { name: 'X-B', value: '2' },
      { name: 'X-C', value: '3' },
    ],
    limits: { listMs: 5000 },
  } as const;
  const mutable = { ...before, headers: [...before.headers] };
  assert.deepEqual(transportOf({ ...none, header: ['x-a=new'], 'call-timeout': '9' }, mutable, ['X-C']), {
    ...before,
    headers: [
      { name: 'X-B', value: '2' },
      { name: 'x-a', value: 'new' },
    ],
    limits: { listMs: 5000, callMs: 9000 },
  });
});

test('a folder, several processes and limits can be taken back', () => {
  const before = {
    type: 'stdio' as const,
    command: 'look',
    args: [],
    env: [{ name: 'cwd', value: 'x' }],
    cwd: '/srv',
    parallel: true,
    limits: { listMs: 5000, callMs: 9000 },
  };
  const plain = { type: 'stdio', command: 'look', args: [], env: [] };
  const gone = ['cwd', '--parallel', 'list-timeout', 'call-timeout'];
  assert.deepEqual(transportOf(none, before, gone), plain);
  assert.deepEqual(transportOf({ ...none, cwd: '/new' }, before, ['cwd', 'list-timeout']), {
    ...before,
    env: [],
    cwd: '/new',
    limits: { callMs: 9000 },
  });
});

const refused: readonly (readonly [Partial<SettingFlags>, string])[] = [
  [{}, 'Say where the server is: --url URL, or --command "CMD ARGS".'],
  [{ url: 'https://a', command: 'b' }, '--url and --command exclude each other.'],
  [{ url: 'https://a', env: ['A=1'] }, '--env is for a local command (--command).'],
  [{ url: 'https://a', parallel: true }, '--parallel is for a local command (--command).'],
  [{ command: 'b', 'header-secret': ['A=K'] }, '--header-secret is for a server with a URL (--url).'],
  [{ command: 'b', env: ['hunter2'] }, '--env takes a name and what stands under it, like --env NAME=…'],
  [{ command: 'b', 'call-timeout': '1m' }, '--call-timeout takes seconds, like --call-timeout 60.'],
];

for (const [flags, message] of refused) {
  test(`refuses ${JSON.stringify(flags)}`, () =>
    assert.throws(() => transportOf({ ...none, ...flags }), { code: 'usage', message }));
}
