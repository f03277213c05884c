import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deniedByPolicy,
  modeReasonsInTerminal,
  modeReasonsOnPage,
  modeSources,
  riskReasonsInTerminal,
  riskReasonsOnPage,
  riskSources,
} from './reasons.ts';

test('every source of a mode and of a risk has words, and no two have the same', () => {
  for (const [modes, risks] of [
    [modeReasonsOnPage, riskReasonsOnPage],
    [modeReasonsInTerminal, riskReasonsInTerminal],
  ] as const) {
    assert.deepEqual(Object.keys(modes), [...modeSources]);
    assert.deepEqual(Object.keys(risks), [...riskSources]);
    const words = [...Object.values(modes), ...Object.values(risks)];
    assert.equal(new Set(words).size, words.length);
  }
});

test("policy's reason of denial names where the mode came from", () => {
  assert.equal(deniedByPolicy('org_default'), 'denied by policy (org_default)');
});
