import type { RiskSource } from '../../contract/connectors.ts';
import type { RiskLevel, StoredModes } from '../../contract/modes.ts';
import type { JsonObject } from '../../lib/json.ts';
import { isDrifted } from '../../policy/drift.ts';
import { type Resolution, resolveMode } from '../../policy/modes.ts';
import { deriveRisk, hasRisen, type ReviewedRisk } from '../../policy/risk.ts';
import { modeKey } from '../../shared/mode-key.ts';
import type { ActionDefinition } from '../../sources/action-source.ts';
import { hashesOf, riskBySource } from './hashes.ts';

export interface Modes {
  readonly organizationModes: StoredModes;
  readonly automationModes: StoredModes;
}

/** What an admin said of an action when they reviewed it. */
export interface ActionReview extends ReviewedRisk {
  /** Of the definition that is pinned. */
  readonly hash: string;
}

/** All that a decision is made of. */
export interface Facts {
  readonly sourceId: string;
  readonly definition: ActionDefinition;
  /** `undefined` where nobody has reviewed the action. */
  readonly review: ActionReview | undefined;
  readonly modes: Modes;
  /** What the action is asked to do; a catalog asks what holds whatever the params are, and has none. */
  readonly params?: JsonObject;
}

export interface Decision extends Resolution {
  readonly riskLevel: RiskLevel;
  readonly riskSource: RiskSource;
  readonly drifted: boolean;
}

/** What policy says of one action: its risk, whether it is still what was reviewed, and its mode. */
export function evaluate({ sourceId, definition, review, modes }: Facts): Decision {
  const risk = deriveRisk(definition.risk, review);
  const { was, is } = hashesOf(review?.hash, definition);
  const drifted = isDrifted(was, is);
  const isOther = drifted || (review !== undefined && hasRisen(review.foundRisk, riskBySource(definition)));
  const key = modeKey(sourceId, definition.id);
  return { ...risk, drifted, ...resolveMode({ key, ...modes, riskLevel: risk.riskLevel, drifted: isOther }) };
}
