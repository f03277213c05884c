// Why an action has its mode and its risk. The page says it after "because" or a colon, the command line in brackets behind the
// value: so each has words of its own, one below the other, that say the same.

/** Where a mode comes from, the strongest first. */
export const modeSources = ['automation_override', 'org_default', 'inferred_default'] as const;
export type ModeSource = (typeof modeSources)[number];

export const modeReasonsOnPage: Readonly<Record<ModeSource, string>> = {
  automation_override: 'set for this automation',
  org_default: 'set for the organization',
  inferred_default: 'inferred from its risk',
};
export const modeReasonsInTerminal: Readonly<Record<ModeSource, string>> = {
  automation_override: "the automation's override",
  org_default: "the organization's mode",
  inferred_default: 'from its risk',
};

/** Where a tool's risk comes from: the first of these that is there. */
export const riskSources = [
  'override',
  'review',
  'destructive_hint',
  'read_only_hint',
  'connector_default',
  'fallback',
] as const;
export type RiskSource = (typeof riskSources)[number];

export const riskReasonsOnPage: Readonly<Record<RiskSource, string>> = {
  override: 'set by an admin',
  review: 'kept from the review',
  destructive_hint: 'the server says it is destructive',
  read_only_hint: 'the server says it only reads',
  connector_default: 'the default of its source',
  fallback: 'its source says nothing of it',
};
export const riskReasonsInTerminal: Readonly<Record<RiskSource, string>> = {
  override: "an admin's word",
  review: 'as it was when it was reviewed',
  destructive_hint: 'the server says that it destroys',
  read_only_hint: 'the server says that it only reads',
  connector_default: "the connector's default",
  fallback: 'nothing else is known',
};

/** The `deniedReason` of what policy denies: clients that know it say it in words of their own. */
export function deniedByPolicy(modeSource: ModeSource): string {
  return `denied by policy (${modeSource})`;
}
