import type { RiskLevel } from '../../contract/modes.ts';
import { sha256 } from '../../lib/hash.ts';
import { type JsonObject, stableJson } from '../../lib/json.ts';
import { definitionText } from '../../policy/drift.ts';
import { deriveRisk } from '../../policy/risk.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';

/*
 * The four hashes of the gateway, each SHA-256 in hex, and what makes it another one:
 *
 * | hash       | is kept with          | covers                                                                        |
 * |------------|-----------------------|-------------------------------------------------------------------------------|
 * | definition | a review              | id and input schema, without `description`, `default` and `enum` (seed, 2.3)  |
 * | shown      | a request to review   | id, description, the whole input schema, risk by the source's own word        |
 * | target     | a waiting invocation  | source, its configuration, the definition's hash, description                 |
 * | request    | an idempotency key    | source id, action id, params                                                  |
 */

/** An action, and the source that does it. */
export interface FoundAction {
  readonly source: ActionSource;
  readonly definition: ActionDefinition;
}

/** What a review pins: another hash later means that the action has drifted. */
export function definitionHash(definition: ActionDefinition): string {
  return sha256(definitionText(definition.id, definition.params.jsonSchema));
}

/** What somebody who reviews an action looks at. Two definitions with the same hash are the same to look at. */
export function shownHash(definition: ActionDefinition): string {
  const { id, description, params } = definition;
  return sha256(stableJson([id, description, params.jsonSchema, riskBySource(definition)]));
}

/**
 * What a person's approval is for, beside the params. Another hash at the time of the approval means that something else
 * would be done than was asked for.
 */
export function targetHash({ source, definition }: FoundAction): string {
  return sha256(
    stableJson([source.id, source.configuration, definitionHash(definition), definition.description]),
  );
}

export interface KeyedRequest {
  readonly sourceId: string;
  readonly actionId: string;
  readonly params?: JsonObject;
  readonly idempotencyKey?: string | undefined;
}

/** What makes two requests the same one, whatever the order of their keys; `null` where no idempotency key is given. */
export function requestHash(request: KeyedRequest): string | null {
  if (request.idempotencyKey === undefined) return null;
  return sha256(stableJson([request.sourceId, request.actionId, request.params ?? {}]));
}

/** What an action's risk comes to by what its source says alone. */
export function riskBySource({ risk }: ActionDefinition): RiskLevel {
  return deriveRisk(risk).riskLevel;
}
