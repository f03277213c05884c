import type { RiskSource } from '../../contract/connectors.ts';
import { modeKey } from '../../contract/mode-key.ts';
import type { RiskLevel, StoredModes } from '../../contract/modes.ts';
import { isDrifted } from '../../policy/drift.ts';
import { type Resolution, resolveMode } from '../../policy/modes.ts';
import { deriveRisk } from '../../policy/risk.ts';
import type { ActionDefinition } from '../../sources/action-source.ts';
import { definitionHash } from './hashes.ts';

export interface Modes {
  readonly organizationModes: StoredModes;
  readonly automationModes: StoredModes;
}

export interface Decision extends Resolution {
  readonly riskLevel: RiskLevel;
  readonly riskSource: RiskSource;
  readonly drifted: boolean;
}

/** What policy says of one action: its risk, whether it is still what was reviewed, and its mode. */
export function evaluate(sourceId: string, definition: ActionDefinition, modes: Modes): Decision {
  const risk = deriveRisk(definition.risk);
  const drifted =
    definition.reviewedHash !== null && isDrifted(definition.reviewedHash, definitionHash(definition));
  const key = modeKey(sourceId, definition.id);
  return { ...risk, drifted, ...resolveMode({ key, ...modes, riskLevel: risk.riskLevel, drifted }) };
}
