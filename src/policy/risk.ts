import type { RiskSource } from '../contract/connectors.ts';
import type { RiskFacts, RiskLevel } from '../contract/modes.ts';

export interface DerivedRisk {
  readonly riskLevel: RiskLevel;
  readonly riskSource: RiskSource;
}

/**
 * How dangerous an action is, by the first that knows (seed §2.4): an admin's override, the server's `destructiveHint`,
 * its `readOnlyHint`, the connector's default; otherwise `write`, which asks for approval.
 * Hints come from strangers, so that nothing but `true` counts, and that what was reviewed at a higher risk keeps it.
 */
export function deriveRisk(facts: RiskFacts): DerivedRisk {
  if (facts.override) return { riskLevel: facts.override, riskSource: 'override' };
  const found = fromSource(facts);
  if (facts.reviewed && rank[facts.reviewed] > rank[found.riskLevel]) {
    return { riskLevel: facts.reviewed, riskSource: 'review' };
  }
  return found;
}

const rank: Readonly<Record<RiskLevel, number>> = { read: 0, write: 1, danger: 2 };

function fromSource(facts: RiskFacts): DerivedRisk {
  if (facts.destructiveHint === true) return { riskLevel: 'danger', riskSource: 'destructive_hint' };
  if (facts.readOnlyHint === true) return { riskLevel: 'read', riskSource: 'read_only_hint' };
  if (facts.default) return { riskLevel: facts.default, riskSource: 'connector_default' };
  return { riskLevel: 'write', riskSource: 'fallback' };
}
