import type { ConnectorTool, Review } from '../contract/connectors.ts';
import { didYouMean } from '../lib/nearest.ts';
import { reviewsOf, writeToolReview } from '../store/connectors.ts';
import type { AdminCaller } from './callers.ts';
import { connectorTools } from './connector-tools.ts';
import { connectorRow } from './connectors.ts';
import { GatewayError, notFound } from './errors.ts';
import type { Gateway } from './gateway.ts';

/**
 * An admin has looked at a tool: its definition as it is now is pinned, and with `riskLevel` its risk is set (`null` takes
 * an earlier word back). From then on another definition counts as drift. Throws as `connectorTools`, `not_found`, and
 * `conflict` where the tool is no longer what was looked at.
 */
export async function reviewTool(
  gateway: Gateway,
  caller: AdminCaller,
  connectorId: string,
  toolId: string,
  wanted: Review,
): Promise<ConnectorTool> {
  const tool = await findTool(gateway, caller, connectorId, toolId);
  if (wanted.hash !== undefined && wanted.hash !== tool.hash) {
    throw new GatewayError(
      'conflict',
      `"${toolId}" has changed since you looked at it. Look again before you review it.`,
    );
  }
  const earlier = reviewOf(reviewsOf(await connectorRow(gateway, caller, connectorId)), toolId);
  const review = {
    riskLevel: wanted.riskLevel === undefined ? (earlier?.riskLevel ?? null) : wanted.riskLevel,
    hash: tool.hash,
    reviewedBy: caller.userId,
    reviewedAt: gateway.clock(),
  };
  await gateway.store.write((tx) => writeToolReview(tx, caller.organizationId, connectorId, toolId, review));
  gateway.log.info(
    { by: caller.userId, connectorId, tool: toolId, hash: tool.hash, riskLevel: review.riskLevel },
    'tool reviewed',
  );
  return findTool(gateway, caller, connectorId, toolId);
}

function reviewOf<Review>(reviews: Readonly<Record<string, Review>>, toolId: string): Review | undefined {
  return Object.hasOwn(reviews, toolId) ? reviews[toolId] : undefined;
}

async function findTool(
  gateway: Gateway,
  caller: AdminCaller,
  connectorId: string,
  toolId: string,
): Promise<ConnectorTool> {
  const tools = await connectorTools(gateway, caller, connectorId);
  const tool = tools.find((candidate) => candidate.id === toolId);
  if (tool !== undefined) return tool;
  const hint = didYouMean(
    toolId,
    tools.map((candidate) => candidate.id),
  );
  if (hint === '') throw notFound('tool on this connector');
  throw new GatewayError('not_found', `There is no tool "${toolId}" on this connector.${hint}`);
}
