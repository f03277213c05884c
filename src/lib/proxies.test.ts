import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxiesIn } from './proxies.ts';

const itself = 'localhost,127.0.0.1,[::1]';

test('proxies are read as other programs read them', () => {
  for (const [env, expected] of [
    [{}, undefined],
    [{ HTTPS_PROXY: '', http_proxy: '' }, undefined],
    [
      { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2' },
      { http: '', https: 'http://q:2/', except: itself },
    ],
    [{ HTTP_PROXY: 'proxy:3128' }, { http: 'http://proxy:3128/', https: '', except: itself }],
    [
      { https_proxy: 'https://u:p@q/path?x', NO_PROXY: '.internal' },
      { http: '', https: 'https://u:p@q/', except: `.internal,${itself}` },
    ],
  ] as const)
    assert.deepEqual(proxiesIn(env), expected);
});

test('what is no address is refused, without its value', () => {
  for (const value of ['socks5://hunter2', 'http://', 'file:///hunter2', 'http://a b'])
    assert.throws(
      () => proxiesIn({ https_proxy: value }),
      /^AssentError: https_proxy is no address of a proxy\. Give one like/,
    );
});
