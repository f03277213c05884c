// Why an action has its mode and its risk. A page and a terminal put it into other sentences, so each reason has a wording for
// both: they stand side by side, so that they say the same.

interface Wording {
  /** On the page, to be read after "because" or a colon. */
  readonly page: string;
  /** In the command line, in brackets behind the value. */
  readonly terminal: string;
}

/** Where a mode comes from, the strongest first. */
export const modeSources = ['automation_override', 'org_default', 'inferred_default'] as const;
export type ModeSource = (typeof modeSources)[number];

export const modeReasons: Readonly<Record<ModeSource, Wording>> = {
  automation_override: { page: 'set for this automation', terminal: "the automation's override" },
  org_default: { page: 'set for the organization', terminal: "the organization's mode" },
  inferred_default: { page: 'inferred from its risk', terminal: 'from its risk' },
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

export const riskReasons: Readonly<Record<RiskSource, Wording>> = {
  override: { page: 'set by an admin', terminal: "an admin's word" },
  review: { page: 'kept from the review', terminal: 'as it was when it was reviewed' },
  destructive_hint: {
    page: 'the server says it is destructive',
    terminal: 'the server says that it destroys',
  },
  read_only_hint: { page: 'the server says it only reads', terminal: 'the server says that it only reads' },
  connector_default: { page: 'the default of its source', terminal: "the connector's default" },
  fallback: { page: 'its source says nothing of it', terminal: 'nothing else is known' },
};

/** The `deniedReason` of what policy denies: clients that know it say it in words of their own. */
export function deniedByPolicy(modeSource: ModeSource): string {
  return `denied by policy (${modeSource})`;
}
