import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHttpHere } from './loopback.ts';

test('http on this machine, by its usual names', () => {
  for (const [address, here] of [
    ['http://localhost:1', true],
    ['http://127.0.0.1', true],
    ['http://[::1]:1/a', true],
    ['https://localhost', false],
    ['ftp://localhost', false],
    ['http://localhost.evil.example', false],
    ['http://10.0.0.1', false],
  ] as const)
    assert.equal(isHttpHere(new URL(address)), here, address);
});
