import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deriveRisk } from './risk.ts';

describe('deriveRisk', () => {
  const all = { override: 'read', destructiveHint: true, readOnlyHint: true, default: 'write' } as const;

  for (const [title, facts, riskLevel, riskSource] of [
    ['the override first', all, 'read', 'override'],
    ['then what destroys', { ...all, override: null }, 'danger', 'destructive_hint'],
    ['then what only reads', { ...all, override: null, destructiveHint: false }, 'read', 'read_only_hint'],
    [
      'then the default',
      { default: 'danger', readOnlyHint: false, destructiveHint: undefined },
      'danger',
      'connector_default',
    ],
    [
      'at last write',
      { override: null, default: null, destructiveHint: false, readOnlyHint: false },
      'write',
      'fallback',
    ],
    ['write where nothing is said', {}, 'write', 'fallback'],
  ] as const) {
    it(`takes ${title}`, () => assert.deepEqual(deriveRisk(facts), { riskLevel, riskSource }));
  }

  for (const hint of ['true', 1, {}, 'false', [true]]) {
    it(`does not take ${JSON.stringify(hint)} for true`, () => {
      // A server sends what it likes, whatever the type says.
      const stranger = hint as unknown as boolean;
      assert.equal(deriveRisk({ readOnlyHint: stranger, destructiveHint: stranger }).riskSource, 'fallback');
    });
  }
});
