import type { ConnectorTool, Review } from '../contract/connectors.ts';
import type { RiskLevel } from '../contract/modes.ts';
import { didYouMean } from '../lib/nearest.ts';
import { deriveRisk } from '../policy/risk.ts';
import type { ActionDefinition } from '../sources/action-source.ts';
import { type ToolReview, writeToolReview } from '../store/connectors.ts';
import type { AdminCaller } from './callers.ts';
import { offeredBy, toTool } from './connector-tools.ts';
import { GatewayError, notFound } from './errors.ts';
import type { Gateway } from './gateway.ts';
import { definitionHash } from './judge.ts';

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
  const hash = definitionHash(definition);
  if (wanted.hash !== undefined && wanted.hash !== hash) {
    throw new GatewayError(
      'conflict',
      `"${toolId}" has changed since you looked at it. Look again before you review it.`,
    );
  }
  const foundRisk = riskBySource(definition);
  const written = await gateway.store.write((tx) =>
    writeToolReview(tx, caller.organizationId, connectorId, toolId, (earlier) => ({
      riskLevel: wanted.riskLevel === undefined ? (earlier?.riskLevel ?? null) : wanted.riskLevel,
      foundRisk,
      hash,
      reviewedBy: caller.userId,
      reviewedAt: gateway.clock(),
    })),
  );
  if (written === undefined) throw notFound('connector');
  gateway.log.info({ connectorId, tool: toolId, ...written }, 'tool reviewed');
  return toTool(source.id, asReviewed(definition, written), modes);
}

/** What its risk comes to by what its source says alone. */
function riskBySource({ risk }: ActionDefinition): RiskLevel {
  return deriveRisk({ ...risk, override: null, reviewed: null }).riskLevel;
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
