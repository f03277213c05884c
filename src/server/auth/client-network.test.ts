import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { networkOf } from './client-network.ts';

describe('tries are counted', () => {
  const counted = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['', ''],
    ['unix:', 'unix:'],
  ];
  for (const [address = '', network] of counted) {
    test(`from ${address || 'nowhere'} under ${network || 'nothing'}`, () => {
      assert.equal(networkOf(address), network);
    });
  }
});
