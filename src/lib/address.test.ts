import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addressText, parseAddress } from './address.ts';

test('an address is a host and a port', () => {
  for (const [text, host, port] of [
    ['localhost:7000', 'localhost', 7000],
    ['127.0.0.1:1', '127.0.0.1', 1],
    ['my-mac.local:65535', 'my-mac.local', 65_535],
    ['[::1]:80', '::1', 80],
    ['[fe80::1%eth0]:80', 'fe80::1%eth0', 80],
    ['[::ffff:1.2.3.4]:80', '::ffff:1.2.3.4', 80],
    ['a:00080', 'a', 80],
  ] as const)
    assert.deepEqual(parseAddress(text), { host, port }, text);
});

test('what is none is none', () => {
  for (const text of [
    '',
    ':80',
    'a',
    'a:',
    'a:0',
    'a:65536',
    'a:99999',
    'a:000080',
    'a:-1',
    'a:+1',
    'a:8e1',
    'a:80 ',
    ' a:80',
    'a b:80',
    'a:80\n',
    'a\n:80',
    '::1:80',
    '[::1]',
    '[]:80',
    '[::1:80',
    '::1]:80',
    '[[::1]]:80',
    'a:b:80',
    'http://a:80',
  ])
    assert.equal(parseAddress(text), undefined, JSON.stringify(text));
});

test('port 0 is one where any free port will do', () => {
  assert.deepEqual(parseAddress('a:0', 0), { host: 'a', port: 0 });
  assert.equal(parseAddress('a:1023', 1024), undefined);
});

test('an address is written as it is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6().filter((host) => host.includes(':')),
        fc.domain(),
      ),
      fc.integer({ min: 1, max: 65_535 }),
      (host, port) => assert.deepEqual(parseAddress(addressText({ host, port })), { host, port }),
    ),
  );
  assert.equal(addressText({ host: '::1', port: 80 }), '[::1]:80');
  assert.equal(addressText({ host: 'a', port: 80 }), 'a:80');
});
