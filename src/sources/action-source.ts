import type { OmittedTool } from '../contract/connectors.ts';
import type { Issue } from '../contract/errors.ts';
import type { RiskHints } from '../contract/modes.ts';
import type { SetUpBy } from '../contract/sources.ts';
import { AssentError } from '../lib/errors.ts';
import type { JsonObject, JsonValue } from '../lib/json.ts';

/**
 * Whatever offers actions: a SaaS provider, an MCP server, a machine that runs recipes. Sources keep no state about
 * sessions and decide nothing; the gateway never asks which kind it has (seed 002, section 2.2).
 */
export interface ActionSource {
  /** Unique in its organization, and the first half of every mode key: `linear`, `connector:<uuid>`. */
  readonly id: string;
  readonly kind: string;
  readonly displayName: string;
  /** Whether an admin can pin what its actions are, and set the risk of each. */
  readonly reviewable: boolean;
  /** The setting that it comes from; `null` where there is none. */
  readonly setUpBy: SetUpBy | null;
  /** Differs when what stands behind the id does: an approval is for the configuration that it was asked under. */
  readonly configuration: string;
  /** The keys by which it asks for credentials: what the values of these must be kept out of is known before it is asked. */
  readonly credentialKeys: readonly string[];
  /** How long an operation of its own may take, in ms, where that may be longer than the gateway's usual limit. */
  readonly longestMs?: number;
  /** Throws `SourceError` `source_unavailable` where the list cannot be had; the catalog then omits the source. */
  listActions(context: SourceContext): Promise<readonly ActionDefinition[]>;
  /**
   * Does it, once. Resolves as soon as there is an answer, whatever can be read of it. Throws only where there is none: `SourceError`
   * `source_unavailable` where nothing was sent, `action_failed` where it was refused or nobody knows; anything else thrown counts as
   * `action_failed`.
   */
  execute(actionId: string, params: JsonObject, context: SourceContext): Promise<SourceAnswer>;
  /** Markdown for the agent. */
  guide?(context: SourceContext): Promise<string>;
}

/** What a source answered: it has been carried out, and what can be shown of the answer is another question. */
export interface SourceAnswer {
  /** What it said, anything at all. The gateway redacts it, and withholds what it cannot redact or keep. */
  readonly answer: unknown;
  /** Whether the source itself says that the action failed. */
  readonly isError: boolean;
  /** Of an error: why, in a short sentence, read from the answer as it is after redaction. */
  readonly reasonIn?: (shown: JsonValue) => string;
}

/** Stands in place of an answer that there is, and that cannot be shown. */
export type Withheld = { readonly _withheld: string };

/** `reason` is a sentence of ours, without anything of the answer. */
export function withheld(reason: string): Withheld {
  return { _withheld: reason };
}

export interface ActionDefinition {
  readonly id: string;
  readonly description: string;
  readonly risk: RiskHints;
  readonly params: ParamsSchema;
}

/** One schema for both uses: shown to the agent as JSON Schema, and applied to what the agent sends. */
export interface ParamsSchema {
  readonly jsonSchema: JsonObject;
  /** What of it is left to the source to check, a sentence each; absent where all of it is checked here. */
  readonly unchecked?: readonly string[];
  /** At once, or elsewhere where it takes long. Never throws. */
  check(params: JsonObject): CheckedParams | Promise<CheckedParams>;
}

export type CheckedParams =
  | { readonly ok: true; readonly params: JsonObject }
  | { readonly ok: false; readonly issues: Issue[] };

/** A stored credential, at the moment of a call. It does not print. */
export interface Credential {
  /** Its value, for the one place that sends it. */
  reveal(): string;
  /**
   * Asks for the value anew, where the one that was given has been refused: it may have been set or renewed meanwhile.
   * Throws `SourceError` `source_unavailable` where there is none any more.
   */
  refresh(): Promise<void>;
}

/** What an operation may use. Credentials come by key, at the moment of the call, and only here. */
export interface SourceContext {
  /** Whose list may be cached; `null` asks for a fresh one. */
  readonly sessionId: string | null;
  /** Aborts when the gateway no longer waits. */
  readonly signal: AbortSignal;
  /** Throws `SourceError` `source_unavailable` where nothing is set under the key. */
  credential(key: string): Promise<Credential>;
  /**
   * Tells those who listen how far an execution is: a text, or a fraction from 0 to 1. It may be called as often as there is
   * something to say. Absent where nothing is executed.
   */
  readonly onProgress?: (progress: string | number) => void;
  /** Hears of each action that a list leaves out, and why. Absent where nobody asks. */
  readonly onOmitted?: (omitted: OmittedTool) => void;
  /** A text without any of the values that credentials gave here so far, in whatever encoding. */
  withoutSecrets(text: string): string;
}

export type SourceErrorCode = 'source_unavailable' | 'action_failed';

export class SourceError extends AssentError<SourceErrorCode> {}
