import type { RiskLevel } from '../../contract/modes.ts';
import { equalInConstantTime, type KeyedHash, sha256 } from '../../lib/hash.ts';
import { type JsonObject, stableJson } from '../../lib/json.ts';
import { type DriftVersion, definitionText, wholeSchemaText } from '../../policy/drift.ts';
import { deriveRisk } from '../../policy/risk.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';

/*
 * The four hashes of the gateway, in hex, and what makes each another one. That of a request covers params, which may be few and
 * short enough to be tried: it is an HMAC-SHA-256 under a key of the gateway's. The others are SHA-256.
 *
 * | hash       | is kept with          | covers                                                                        |
 * |------------|-----------------------|-------------------------------------------------------------------------------|
 * | definition | a review              | id and input schema, without `description`, `default` and `enum` (seed, 2.3)  |
 * | shown      | a request to review   | id, description, the whole input schema, risk by the source's own word        |
 * | target     | a waiting invocation  | a hash each: source with configuration, whole definition, description, risk   |
 * | request    | an idempotency key    | source id, action id, params                                                  |
 */

/** An action, and the source that does it. */
export interface FoundAction {
  readonly source: ActionSource;
  readonly definition: ActionDefinition;
}

/** What a review pins: another hash later means that the action has drifted. */
export function definitionHash(definition: ActionDefinition, version?: DriftVersion): string {
  return sha256(definitionText(definition.id, definition.params.jsonSchema, version));
}

const versionTwo = '2:';

/** The same as a review keeps it, with the version by which it was made; without one, it is of the first. */
export function pinnedHash(definition: ActionDefinition): string {
  return versionTwo + definitionHash(definition);
}

/** A kept hash, and the definition's of today that is to be compared with it: in the kept one's own version. */
export function hashesOf(
  pinned: string | undefined,
  definition: ActionDefinition,
): { readonly was: string | null; readonly is: string } {
  if (pinned === undefined) return { was: null, is: definitionHash(definition) };
  if (!pinned.startsWith(versionTwo)) return { was: pinned, is: definitionHash(definition, 1) };
  return { was: pinned.slice(versionTwo.length), is: definitionHash(definition) };
}

/** What somebody who reviews an action looks at. Two definitions with the same hash are the same to look at. */
export function shownHash(definition: ActionDefinition): string {
  const { id, description, params } = definition;
  return sha256(stableJson([id, description, params.jsonSchema, riskBySource(definition)]));
}

/** A part of what a person's approval is for, as a change of it is told. */
export type TargetPart = 'source' | 'definition' | 'description' | 'risk';

/**
 * What a person's approval is for, beside the params: a hash of each part, so that a change says what it is of. The definition
 * counts whole, with its texts: they are what the person goes by.
 */
export function targetHash(found: FoundAction): string {
  return Object.values(partsOf(found)).join(' ');
}

/** Which parts are no longer what they were when the row was made. */
export function targetDifference(kept: string | null, found: FoundAction): readonly TargetPart[] {
  const was = (kept ?? '').split(' ');
  const { source, definition } = found;
  // A row that was made before the parts were kept apart.
  if (was.length === 1) {
    const whole = [source.id, source.configuration, definitionHash(definition, 1), definition.description];
    return equalInConstantTime(sha256(stableJson(whole)), was[0] ?? '') ? [] : ['definition'];
  }
  return (Object.entries(partsOf(found)) as [TargetPart, string][])
    .filter(([, is], at) => !equalInConstantTime(is, was[at] ?? ''))
    .map(([part]) => part);
}

/** In the order in which they are kept. */
function partsOf({ source, definition }: FoundAction): Readonly<Record<TargetPart, string>> {
  const { id, description, params } = definition;
  return {
    source: sha256(stableJson([source.id, source.configuration])),
    definition: sha256(JSON.stringify([id, wholeSchemaText(params.jsonSchema)])),
    description: sha256(description),
    risk: sha256(riskBySource(definition)),
  };
}

export interface KeyedRequest {
  readonly sourceId: string;
  readonly actionId: string;
  readonly params?: JsonObject;
  readonly idempotencyKey?: string | undefined;
}

/** What makes two requests the same one, whatever the order of their keys; `null` where no idempotency key is given. */
export function requestHash(hash: KeyedHash, request: KeyedRequest): string | null {
  if (request.idempotencyKey === undefined) return null;
  return hash(stableJson([request.sourceId, request.actionId, request.params ?? {}]));
}

/** What an action's risk comes to by what its source says alone. */
export function riskBySource({ risk }: ActionDefinition): RiskLevel {
  return deriveRisk(risk).riskLevel;
}
