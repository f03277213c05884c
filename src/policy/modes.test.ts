import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { type Mode, mode, riskLevel } from '../contract/modes.ts';
import { type ModeFacts, resolveMode } from './modes.ts';

const key = 'linear:create_issue';
const nothingKnown: ModeFacts = {
  key,
  automationModes: {},
  organizationModes: {},
  riskLevel: 'write',
  drifted: false,
};

describe('resolveMode', () => {
  it('takes the automation override before the organization default before the risk', () => {
    const organizationModes = { [key]: 'deny' };
    const automationModes = { [key]: 'allow' };
    assert.deepEqual(resolveMode({ ...nothingKnown, organizationModes, automationModes }), {
      mode: 'allow',
      modeSource: 'automation_override',
      deniedReason: null,
    });
    assert.deepEqual(resolveMode({ ...nothingKnown, organizationModes }), {
      mode: 'deny',
      modeSource: 'org_default',
      deniedReason: 'denied by policy (org_default)',
    });
  });

  for (const [level, inferred] of [
    ['read', 'allow'],
    ['write', 'require_approval'],
    ['danger', 'deny'],
  ] as const) {
    it(`infers ${inferred} from ${level}`, () => {
      const resolution = resolveMode({ ...nothingKnown, riskLevel: level });
      assert.equal(resolution.mode, inferred);
      assert.equal(resolution.modeSource, 'inferred_default');
      assert.equal(
        resolution.deniedReason,
        level === 'danger' ? 'denied by policy (inferred_default)' : null,
      );
    });
  }

  it('knows a key with a slash as another key', () => {
    const organizationModes = { 'linear/create_issue': 'deny' };
    assert.equal(resolveMode({ ...nothingKnown, organizationModes }).modeSource, 'inferred_default');
  });

  for (const [stored, reason] of [
    ['always', 'unknown_mode:always'],
    ['Allow', 'unknown_mode:Allow'],
    ['allow ', 'unknown_mode:allow '],
    ['', 'unknown_mode:'],
    [null, 'unknown_mode:null'],
    [undefined, 'unknown_mode:undefined'],
    [1n, 'unknown_mode:bigint'],
    [true, 'unknown_mode:true'],
    [['allow'], 'unknown_mode:["allow"]'],
    [{ mode: 'allow' }, 'unknown_mode:{"mode":"allow"}'],
    ['a\u0000b\nc\u2028d\u202ee\ud800', 'unknown_mode:a\ufffdb\ufffdc\ufffdd\ufffde\ufffd'],
    ['x'.repeat(1000), `unknown_mode:${'x'.repeat(80)}`],
  ] as const) {
    it(`denies as ${JSON.stringify(reason).slice(0, 60)}`, () => {
      const expected = { mode: 'deny', deniedReason: reason };
      const automationModes = { [key]: stored };
      // An allowing map below it must not be reached.
      const organizationModes = { [key]: 'allow' };
      assert.deepEqual(resolveMode({ ...nothingKnown, automationModes, organizationModes }), {
        ...expected,
        modeSource: 'automation_override',
      });
      assert.deepEqual(resolveMode({ ...nothingKnown, organizationModes: automationModes }), {
        ...expected,
        modeSource: 'org_default',
      });
    });
  }

  it('survives a stored value that JSON cannot hold', () => {
    const cycle: Record<string, unknown> = {};
    cycle['itself'] = cycle;
    const resolution = resolveMode({ ...nothingKnown, organizationModes: { [key]: cycle } });
    assert.equal(resolution.deniedReason, 'unknown_mode:object');
  });

  for (const inherited of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    it(`finds nothing inherited under ${inherited}`, () => {
      const resolution = resolveMode({ ...nothingKnown, key: inherited, riskLevel: 'read' });
      assert.deepEqual(resolution, { mode: 'allow', modeSource: 'inferred_default', deniedReason: null });
    });

    it(`finds what is stored under ${inherited}`, () => {
      const organizationModes: unknown = JSON.parse(`{"${inherited}":"deny"}`);
      assert(typeof organizationModes === 'object' && organizationModes !== null);
      const resolution = resolveMode({
        ...nothingKnown,
        key: inherited,
        organizationModes: { ...organizationModes },
        riskLevel: 'read',
      });
      assert.equal(resolution.deniedReason, 'denied by policy (org_default)');
    });
  }

  it('does not let drift change anything but allow', () => {
    const drifted = (stored: unknown) =>
      resolveMode({ ...nothingKnown, organizationModes: { [key]: stored }, drifted: true });
    assert.deepEqual(drifted('allow'), {
      mode: 'require_approval',
      modeSource: 'org_default',
      deniedReason: null,
    });
    assert.equal(drifted('require_approval').mode, 'require_approval');
    assert.equal(drifted('deny').deniedReason, 'denied by policy (org_default)');
    assert.equal(drifted('nonsense').deniedReason, 'unknown_mode:nonsense');
  });

  it('follows the cascade for every map, and drift only ever tightens', () => {
    const keys = fc.oneof(fc.constantFrom(key, '__proto__', 'constructor', 'valueOf'), fc.string());
    const stored = fc.dictionary(keys, fc.oneof(fc.constantFrom(...mode.options), fc.anything()));
    const facts = fc.record({
      key: keys,
      automationModes: stored,
      organizationModes: stored,
      riskLevel: fc.constantFrom(...riskLevel.options),
    });
    const strictness: readonly Mode[] = ['allow', 'require_approval', 'deny'];
    fc.assert(
      fc.property(facts, (facts) => {
        const resolution = resolveMode({ ...facts, drifted: false });
        const tightened = resolveMode({ ...facts, drifted: true });
        const [map, modeSource] = Object.hasOwn(facts.automationModes, facts.key)
          ? [facts.automationModes, 'automation_override']
          : Object.hasOwn(facts.organizationModes, facts.key)
            ? [facts.organizationModes, 'org_default']
            : [
                {
                  [facts.key]: { read: 'allow', write: 'require_approval', danger: 'deny' }[facts.riskLevel],
                },
                'inferred_default',
              ];
        const wanted: unknown = map[facts.key];
        const known = strictness.find((mode) => mode === wanted);
        assert.equal(resolution.mode, known ?? 'deny');
        assert.equal(resolution.modeSource, modeSource);
        assert.equal(resolution.deniedReason?.startsWith('unknown_mode:') ?? false, known === undefined);
        assert.match(resolution.deniedReason ?? '', /^\P{C}*$/u);
        assert((resolution.deniedReason ?? '').length <= 100);
        assert.equal(tightened.mode, resolution.mode === 'allow' ? 'require_approval' : resolution.mode);
        assert.deepEqual({ ...tightened, mode: null }, { ...resolution, mode: null });
      }),
    );
  });
});
