import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deriveRisk } from './risk.ts';

describe('deriveRisk', () => {
  const all = { destructiveHint: true, readOnlyHint: true, default: 'write' } as const;
  const override = { riskLevel: 'read', foundRisk: 'read' } as const;

  for (const [title, hints, riskLevel, riskSource, review] of [
    ['the override first', all, 'read', 'override', override],
    [
      'what was reviewed where it is more',
      { default: 'read' },
      'danger',
      'review',
      { riskLevel: null, foundRisk: 'danger' },
    ],
    [
      'what is found where it is more than what was reviewed',
      all,
      'danger',
      'destructive_hint',
      { riskLevel: null, foundRisk: 'write' },
    ],
    ['then what destroys', all, 'danger', 'destructive_hint'],
    ['then what only reads', { ...all, destructiveHint: false }, 'read', 'read_only_hint'],
    [
      'then the default',
      { default: 'danger', readOnlyHint: false, destructiveHint: undefined },
      'danger',
      'connector_default',
    ],
    ['at last write', { default: null, destructiveHint: false, readOnlyHint: false }, 'write', 'fallback'],
    ['write where nothing is said', {}, 'write', 'fallback'],
  ] as const) {
    it(`takes ${title}`, () => assert.deepEqual(deriveRisk(hints, review), { riskLevel, riskSource }));
  }

  for (const hint of ['true', 1, {}, 'false', [true]]) {
    it(`does not take ${JSON.stringify(hint)} for true`, () => {
      // A server sends what it likes, whatever the type says.
      const stranger = hint as unknown as boolean;
      assert.equal(deriveRisk({ readOnlyHint: stranger, destructiveHint: stranger }).riskSource, 'fallback');
    });
  }
});
