import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mode, ModeSource } from '../../src/contract/modes.ts';
import { modeNotes, setMode, withMode } from './set-mode.ts';

const stored = { 'linear:create_issue': 'allow', 'linear:odd': 'permit', 'linear:none': 'null' };
const action = (mode: Mode, modeSource: ModeSource, drifted = false) => ({
  drifted,
  inherited: { mode, modeSource },
});
const set = (value: Mode | null) => ({ value, text: value });

test('the switch shows what is stored, and nothing that is no mode', () => {
  assert.deepEqual(setMode(stored, 'linear', 'create_issue'), { value: 'allow', text: 'allow' });
  assert.deepEqual(setMode(stored, 'linear', 'other'), { value: null, text: null });
  assert.deepEqual(setMode(stored, 'linear', 'odd'), { value: 'unknown', text: 'permit' });
  assert.deepEqual(setMode(stored, 'linear', 'none'), { value: 'unknown', text: 'null' });
  assert.deepEqual(setMode({ 'a:b': 'constructor' }, 'a', 'b'), { value: 'unknown', text: 'constructor' });
});

test('a map is written anew with one key changed', () => {
  const { 'linear:odd': _, ...others } = stored;
  assert.deepEqual(withMode(stored, 'linear:odd', null), others);
  assert.deepEqual(withMode({}, 'a:b', 'deny'), { 'a:b': 'deny' });
  assert.deepEqual(withMode(stored, 'linear:odd', 'deny'), { ...stored, 'linear:odd': 'deny' });
});

test('where nothing is set, it says where the mode comes from', () => {
  assert.deepEqual(modeNotes(action('allow', 'inferred_default'), set(null), false), [
    'Inferred from its risk.',
  ]);
  assert.deepEqual(modeNotes(action('deny', 'org_default'), set(null), true), ['Set for the organization.']);
});

test('an automation says what it overrides; the organization has nothing to override', () => {
  const asks = action('require_approval', 'org_default');
  assert.deepEqual(modeNotes(asks, set('allow'), true), ['Overrides Ask, set for the organization.']);
  assert.deepEqual(modeNotes(action('allow', 'inferred_default'), set('deny'), false), []);
});

test('a changed tool asks, whatever is allowed', () => {
  const changed = action('require_approval', 'inferred_default', true);
  assert.deepEqual(modeNotes(changed, set('allow'), false), [
    'Asks although Allow is set, because the tool has changed since its review.',
  ]);
  assert.deepEqual(modeNotes(changed, set('deny'), false), []);
  assert.equal(modeNotes(changed, set(null), false).length, 2);
});

test('what is no mode denies, and is quoted', () => {
  const unknown = { value: 'unknown', text: 'permit' } as const;
  assert.deepEqual(modeNotes(action('allow', 'inferred_default'), unknown, false), [
    'Denied: “permit” is stored here, which is no mode.',
  ]);
});
