import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deniedByPolicy, modeReasons, modeSources, riskReasons, riskSources } from './reasons.ts';

test('every source of a mode and of a risk has words, and no two have the same', () => {
  assert.deepEqual(Object.keys(modeReasons), [...modeSources]);
  assert.deepEqual(Object.keys(riskReasons), [...riskSources]);
  for (const surface of ['page', 'terminal'] as const) {
    const words = [...Object.values(modeReasons), ...Object.values(riskReasons)].map((one) => one[surface]);
    assert.equal(new Set(words).size, words.length);
  }
});

test("policy's reason of denial names where the mode came from", () => {
  assert.equal(deniedByPolicy('org_default'), 'denied by policy (org_default)');
});
