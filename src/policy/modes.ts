import { type Mode, type ModeSource, mode, type RiskLevel, type StoredModes } from '../contract/modes.ts';
import { replaceOdd } from '../shared/odd-characters.ts';
import { deniedByPolicy } from '../shared/reasons.ts';

export interface ModeFacts {
  /** From `modeKey`. */
  readonly key: string;
  readonly automationModes: StoredModes;
  readonly organizationModes: StoredModes;
  readonly riskLevel: RiskLevel;
  /** Whether the action is no longer what was reviewed. */
  readonly drifted: boolean;
}

export interface Resolution {
  readonly mode: Mode;
  readonly modeSource: ModeSource;
  /** Why the mode is `deny`; `null` for the others. */
  readonly deniedReason: string | null;
}

/** Seed §2.1, rule 3. */
const inferredModes: ReadonlyMap<RiskLevel, Mode> = new Map([
  ['read', 'allow'],
  ['write', 'require_approval'],
  ['danger', 'deny'],
]);

/** UTF-16 units of an unknown stored value that a denial repeats. */
const longestShown = 80;

/**
 * The one mode of an action and where it comes from: automation override, organization default, inferred from risk
 * (seed §2.1). A stored value that is no mode denies, as `unknown_mode:<value>` (seed §6.2).
 */
export function resolveMode(facts: ModeFacts): Resolution {
  const resolution =
    storedMode(facts.automationModes, facts.key, 'automation_override') ??
    storedMode(facts.organizationModes, facts.key, 'org_default') ??
    inferredMode(facts.riskLevel);
  return facts.drifted ? tightened(resolution) : resolution;
}

/** Own members only: a key like `constructor` finds nothing that an admin has not stored. */
function storedMode(modes: StoredModes, key: string, modeSource: ModeSource): Resolution | undefined {
  if (!Object.hasOwn(modes, key)) return undefined;
  const parsed = mode.safeParse(modes[key]);
  if (parsed.success) return resolved(parsed.data, modeSource);
  return { mode: 'deny', modeSource, deniedReason: `unknown_mode:${shown(modes[key])}` };
}

function inferredMode(riskLevel: RiskLevel): Resolution {
  return resolved(inferredModes.get(riskLevel) ?? 'deny', 'inferred_default');
}

function resolved(mode: Mode, modeSource: ModeSource): Resolution {
  return { mode, modeSource, deniedReason: mode === 'deny' ? deniedByPolicy(modeSource) : null };
}

/** Drift may only tighten (seed §6.7). */
function tightened(resolution: Resolution): Resolution {
  return resolution.mode === 'allow' ? { ...resolution, mode: 'require_approval' } : resolution;
}

/** A stranger's value, short, on one line, and without what is odd in it. */
function shown(value: unknown): string {
  return replaceOdd(textOf(value).slice(0, longestShown), () => '\ufffd').replace(/[\t\n]/g, '\ufffd');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // A cycle, or nesting beyond the stack: a denial must not fail on what it denies.
    return typeof value;
  }
}
