import type { RiskLevel } from '../contract/modes.ts';
import { sha256 } from '../lib/hash.ts';
import { stableJson } from '../lib/json.ts';
import { deriveRisk } from '../policy/risk.ts';
import type { ActionDefinition } from '../sources/action-source.ts';

/**
 * SHA-256 of all that somebody who reviews an action looks at: its id, what it says of itself, its whole parameters with what
 * does not count as drift, and its risk by its source's word. Two with the same hash are the same to look at.
 */
export function shownHash(definition: ActionDefinition): string {
  const { id, description, params } = definition;
  return sha256(stableJson([id, description, params.jsonSchema, riskBySource(definition)]));
}

/** What its risk comes to by what its source says alone. */
export function riskBySource({ risk }: ActionDefinition): RiskLevel {
  return deriveRisk({ ...risk, override: null, reviewed: null }).riskLevel;
}
