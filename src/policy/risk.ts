import type { RiskSource } from '../contract/connectors.ts';
import type { RiskHints, RiskLevel } from '../contract/modes.ts';

/** What an admin's review says of an action's risk. */
export interface ReviewedRisk {
  /** The admin's own word for it, where there is one. */
  readonly riskLevel: RiskLevel | null;
  /** What it came to without that word when it was reviewed: from then on it does not fall by itself. */
  readonly foundRisk: RiskLevel;
}

export interface DerivedRisk {
  readonly riskLevel: RiskLevel;
  readonly riskSource: RiskSource;
}

/**
 * How dangerous an action is, by the first that knows (seed §2.4): an admin's override, the server's `destructiveHint`,
 * its `readOnlyHint`, the connector's default; otherwise `write`, which asks for approval.
 * Hints come from strangers, so that nothing but `true` counts, and that what was reviewed at a higher risk keeps it.
 */
export function deriveRisk(hints: RiskHints, review?: ReviewedRisk): DerivedRisk {
  if (review?.riskLevel) return { riskLevel: review.riskLevel, riskSource: 'override' };
  const found = fromSource(hints);
  if (review !== undefined && rank[review.foundRisk] > rank[found.riskLevel]) {
    return { riskLevel: review.foundRisk, riskSource: 'review' };
  }
  return found;
}

/** Whether a source says more of an action's danger than it did when somebody reviewed it. */
export function hasRisen(found: RiskLevel, now: RiskLevel): boolean {
  return rank[now] > rank[found];
}

const rank: Readonly<Record<RiskLevel, number>> = { read: 0, write: 1, danger: 2 };

function fromSource(hints: RiskHints): DerivedRisk {
  if (hints.destructiveHint === true) return { riskLevel: 'danger', riskSource: 'destructive_hint' };
  if (hints.readOnlyHint === true) return { riskLevel: 'read', riskSource: 'read_only_hint' };
  if (hints.default) return { riskLevel: hints.default, riskSource: 'connector_default' };
  return { riskLevel: 'write', riskSource: 'fallback' };
}
