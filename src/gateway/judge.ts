import type { RiskSource } from '../contract/connectors.ts';
import { modeKey } from '../contract/mode-key.ts';
import type { RiskLevel, StoredModes } from '../contract/modes.ts';
import { sha256 } from '../lib/hash.ts';
import { stableJson } from '../lib/json.ts';
import { definitionText, isDrifted } from '../policy/drift.ts';
import { type Resolution, resolveMode } from '../policy/modes.ts';
import { deriveRisk } from '../policy/risk.ts';
import type { ActionDefinition, ActionSource } from '../sources/action-source.ts';

export interface FoundAction {
  readonly source: ActionSource;
  readonly definition: ActionDefinition;
}

export interface Modes {
  readonly organizationModes: StoredModes;
  readonly automationModes: StoredModes;
}

export interface Judgement extends Resolution {
  readonly riskLevel: RiskLevel;
  readonly riskSource: RiskSource;
  readonly drifted: boolean;
}

/** What policy says of one action: its risk, whether it is still what was reviewed, and its mode. */
export function judge(sourceId: string, definition: ActionDefinition, modes: Modes): Judgement {
  const risk = deriveRisk(definition.risk);
  const drifted =
    definition.reviewedHash !== null && isDrifted(definition.reviewedHash, definitionHash(definition));
  const key = modeKey(sourceId, definition.id);
  return { ...risk, drifted, ...resolveMode({ key, ...modes, riskLevel: risk.riskLevel, drifted }) };
}

/**
 * What a person's approval is for, beside the params: this definition, behind this configuration of its source. Another hash
 * at the time of the approval means that something else would be done than was asked for.
 */
export function targetHash({ source, definition }: FoundAction): string {
  return sha256(
    stableJson([source.id, source.configuration, definitionHash(definition), definition.description]),
  );
}

/** SHA-256 of an action's id and input schema, without what the seed says does not count. */
export function definitionHash(definition: ActionDefinition): string {
  return sha256(definitionText(definition.id, definition.params.jsonSchema));
}
