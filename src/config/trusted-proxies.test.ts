import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { trustedProxies } from './trusted-proxies.ts';

describe('trusted proxies', () => {
  test('are nobody where nothing is set', () => {
    assert.equal(trustedProxies(undefined), undefined);
    assert.equal(trustedProxies(''), undefined);
  });

  const cases: readonly [text: string, trusted: readonly string[], others: readonly string[]][] = [
    ['127.0.0.1', ['127.0.0.1', '::ffff:127.0.0.1'], ['127.0.0.2', '::1']],
    ['10.0.0.0/8, ::1', ['10.255.0.1', '::1', '::ffff:10.0.0.1'], ['11.0.0.1', '::2']],
    ['loopback', ['127.9.9.9', '::1'], ['10.0.0.1']],
    [
      'linklocal,uniquelocal',
      ['169.254.1.1', 'fe80::1', '172.31.0.1', 'fd00::1'],
      ['172.32.0.1', '127.0.0.1'],
    ],
    ['192.0.2.1/32', ['192.0.2.1'], ['192.0.2.2', '', 'unknown', '192.0.2.1:80']],
  ];
  for (const [text, trusted, others] of cases)
    test(`are those of ${text}`, () => {
      const isTrusted = trustedProxies(text) ?? assert.fail();
      for (const address of trusted) assert.equal(isTrusted(address), true, address);
      for (const address of others) assert.equal(isTrusted(address), false, address);
    });

  const wrong = ['TRUE', 'true', 'yes', '1', '10.0.0.1:80', '10.0.0.0/33', '::1/129', '10.0.0.0/255.0.0.0'];
  for (const text of [...wrong, 'proxy.example', '[::1]', 'fe80::1%eth0', '*', 'constructor'])
    test(`are not "${text}"`, () => {
      assert.throws(() => trustedProxies(`127.0.0.1, ${text}`), {
        code: 'usage',
        message: `ASSENT_TRUSTED_PROXIES has "${text}", which is no address and no range. Give those of the proxies in front, with commas between, like 127.0.0.1, 10.0.0.0/8 (or loopback, linklocal, uniquelocal), or unset it where there are none.`,
      });
    });

  test('are not a comma alone', () => {
    assert.throws(() => trustedProxies('127.0.0.1,'), { message: /^ASSENT_TRUSTED_PROXIES has "", which/ });
  });
});
