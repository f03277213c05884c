import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stepEnvironment } from './environment.ts';

const surroundings = { home: '/home/me', user: 'me', tmp: '/tmp' };
const own = {
  PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
  HOME: '/home/me',
  USER: 'me',
  LANG: 'C.UTF-8',
  TMPDIR: '/tmp',
};

function environment(wanted: Readonly<Record<string, string>>, allowed?: readonly string[]) {
  const names = allowed === undefined ? undefined : new Set(allowed);
  return stepEnvironment(new Map(Object.entries(wanted)), names, surroundings);
}

test('without variables a step knows five things', () => {
  assert.deepEqual(environment({}), { env: own, dropped: [] });
});

test('nothing of this process is in it', () => {
  process.env.ASSENT_TEST_SECRET = 'secret';
  try {
    assert.deepEqual(Object.keys(environment({}).env), Object.keys(own));
  } finally {
    delete process.env.ASSENT_TEST_SECRET;
  }
});

test('without a policy the pack sets what it likes, PATH and HOME too', () => {
  const wanted = { A: '1', _b2: '', PATH: '/opt/bin', HOME: '/root' };
  assert.deepEqual(environment(wanted), { env: { ...own, ...wanted }, dropped: [] });
});

test('with a policy it sets what is listed', () => {
  assert.deepEqual(environment({ A: '1', B: '2', PATH: '/opt/bin', HOME: '/root' }, ['B', 'HOME', 'C']), {
    env: { ...own, B: '2', HOME: '/root' },
    dropped: ['A', 'PATH'],
  });
  assert.deepEqual(environment({ A: '1' }, []), { env: own, dropped: ['A'] });
});

describe('what makes a program load or run something is refused', () => {
  const names = `
    LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_ DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH
    BASH_ENV BASH_FUNC_a ENV SHELLOPTS BASHOPTS PS4 IFS PROMPT_COMMAND ZDOTDIR
    NODE_OPTIONS NODE_PATH PYTHONPATH PYTHONSTARTUP PYTHONHOME PYTHONINSPECT PERL5OPT PERL5LIB PERLLIB RUBYOPT RUBYLIB
    GIT_SSH GIT_SSH_COMMAND GIT_CONFIG GIT_CONFIG_COUNT GIT_CONFIG_GLOBAL GIT_CONFIG_KEY_0 GIT_EXEC_PATH GIT_DIR
    GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND GIT_ASKPASS GIT_EDITOR GIT_PAGER SSH_ASKPASS
    EDITOR VISUAL PAGER LESSOPEN MAKEFLAGS JAVA_TOOL_OPTIONS _JAVA_OPTIONS CLASSPATH LUA_INIT_5_4 LUA_PATH
    GCONV_PATH GLIBC_TUNABLES OPENSSL_CONF`;
  for (const name of names.trim().split(/\s+/)) {
    test(`${name}, even where a policy lists it`, () => {
      assert.deepEqual(environment({ [name]: 'x' }), { env: own, dropped: [name] });
      assert.deepEqual(environment({ [name]: 'x' }, [name]), { env: own, dropped: [name] });
    });
  }
});

test('names that merely resemble those pass', () => {
  const wanted = { LDFLAGS: '1', MY_LD_PRELOAD: '2', ENVIRONMENT: '3', GIT_AUTHOR_NAME: '4', PYTHO: '5' };
  assert.deepEqual(environment(wanted), { env: { ...own, ...wanted }, dropped: [] });
});

test('odd names are refused', () => {
  const odd = [
    '',
    ' ',
    'A B',
    'A=B',
    '1A',
    'A-B',
    'A.B',
    'É',
    'A\n',
    '\nA',
    'A\0',
    'BASH_FUNC_a%%',
    '\udc80',
  ];
  for (const name of odd)
    assert.deepEqual(environment({ [name]: 'x' }), { env: own, dropped: [name] }, JSON.stringify(name));
});

test('every name is set or dropped, whatever objects call it', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const { env, dropped } = stepEnvironment(new Map([[name, 'x']]), undefined, surroundings);
    assert.equal(
      Object.hasOwn(env, name) ? env[name] : dropped[0],
      Object.hasOwn(env, name) ? 'x' : name,
      name,
    );
  }
});
