import type { ConnectorTool, Review, ReviewedDefinition } from '../../contract/connectors.ts';
import { isoTime } from '../../lib/clock.ts';
import { didYouMean } from '../../lib/nearest.ts';
import type { ActionDefinition } from '../../sources/action-source.ts';
import { type ToolReview, writeToolReview } from '../../store/connectors.ts';
import type { Database } from '../../store/engine/database.ts';
import { putReviewedAction } from '../../store/reviewed-actions.ts';
import { definitionHash, riskBySource, shownHash } from '../actions/hashes.ts';
import { toTool } from '../actions/source-actions.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { offeredBy } from './connector-tools.ts';

/**
 * An admin has looked at a tool: its definition as it is now is pinned, and with `riskLevel` its risk is set (`null` takes
 * an earlier word back). From then on another definition counts as drift, and its risk does not fall by itself. Throws as
 * `connectorTools`, `not_found`, and `conflict` where the tool is no longer what was looked at.
 */
export async function reviewTool(
  gateway: Gateway,
  caller: AdminCaller,
  connectorId: string,
  toolId: string,
  wanted: Review,
): Promise<ConnectorTool> {
  const { source, definitions, modes } = await offeredBy(gateway, caller, connectorId);
  const definition = findTool(definitions, toolId);
  if (!isWhatWasLookedAt(definition, wanted)) {
    throw new GatewayError(
      'conflict',
      `"${toolId}" has changed since you looked at it. Look again before you review it.`,
    );
  }
  const look: Look = {
    connectorId,
    sourceId: source.id,
    definition,
    riskLevel: wanted.riskLevel,
    at: gateway.clock(),
  };
  const written = await gateway.store.write((tx) => keep(tx, caller, look));
  if (written === undefined) throw notFound('connector');
  gateway.log.info({ connectorId, tool: toolId, ...written }, 'tool reviewed');
  return toTool(source.id, asReviewed(definition, written), modes, reviewedDefinition(caller, look));
}

/** Whoever sends no hash looks at nothing, and takes it as it is. */
function isWhatWasLookedAt(definition: ActionDefinition, looked: Review): boolean {
  return (
    (looked.hash === undefined || looked.hash === definitionHash(definition)) &&
    (looked.shownHash === undefined || looked.shownHash === shownHash(definition))
  );
}

/** What an admin had before them, when, and what they made of its risk. */
interface Look {
  readonly connectorId: string;
  readonly sourceId: string;
  readonly definition: ActionDefinition;
  readonly riskLevel: Review['riskLevel'];
  readonly at: number;
}

/** Pins the definition, and keeps it to be shown later; `undefined` where the connector is gone. */
async function keep(
  tx: Database,
  { organizationId, userId }: AdminCaller,
  { connectorId, sourceId, definition, riskLevel, at }: Look,
): Promise<ToolReview | undefined> {
  const review = await writeToolReview(tx, organizationId, connectorId, definition.id, (earlier) => ({
    riskLevel: riskLevel === undefined ? (earlier?.riskLevel ?? null) : riskLevel,
    foundRisk: riskBySource(definition),
    hash: definitionHash(definition),
    reviewedBy: userId,
    reviewedAt: at,
  }));
  if (review === undefined) return undefined;
  await putReviewedAction(tx, {
    organization_id: organizationId,
    source_id: sourceId,
    action_id: definition.id,
    description: definition.description,
    params: JSON.stringify(definition.params.jsonSchema),
    reviewed_by: userId,
    reviewed_at: at,
  });
  return review;
}

function reviewedDefinition({ userId }: AdminCaller, { definition, at }: Look): ReviewedDefinition {
  const { description, params } = definition;
  return { by: userId, at: isoTime(at), description, params: params.jsonSchema };
}

function asReviewed(
  definition: ActionDefinition,
  { riskLevel, foundRisk, hash }: ToolReview,
): ActionDefinition {
  return {
    ...definition,
    risk: { ...definition.risk, override: riskLevel, reviewed: foundRisk },
    reviewedHash: hash,
  };
}

function findTool(definitions: readonly ActionDefinition[], toolId: string): ActionDefinition {
  const definition = definitions.find((candidate) => candidate.id === toolId);
  if (definition !== undefined) return definition;
  const known = definitions.map((candidate) => candidate.id);
  const hint = didYouMean(toolId, known);
  if (hint === '') throw notFound('tool on this connector');
  throw new GatewayError('not_found', `There is no tool "${toolId}" on this connector.${hint}`);
}
