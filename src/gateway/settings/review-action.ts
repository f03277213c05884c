import type { ConnectorTool, Review } from '../../contract/connectors.ts';
import type { SetUpBy } from '../../contract/sources.ts';
import { didYouMean } from '../../lib/nearest.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';
import { holdSetUp, putReview } from '../../store/reviewed-actions.ts';
import type { ReviewedActionRow } from '../../store/tables.ts';
import { definitionHash, pinnedHash, riskBySource, shownHash } from '../actions/hashes.ts';
import { listAfresh, type Offer } from '../actions/list-afresh.ts';
import { modesFor, sourceById, toTool } from '../actions/source-actions.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { type Offered, offeredBy } from './connector-tools.ts';

/**
 * An admin has looked at an action: its definition as it is now is pinned, and with `riskLevel` its risk is set (`null` takes
 * an earlier word back). From then on another definition counts as drift, and its risk does not fall by itself.
 * Throws `not_found` for the source or the action, `source_unavailable`, `invalid_request` where the source's actions are not
 * reviewed, and `conflict` where the action is no longer what was looked at.
 */
export async function reviewAction(
  gateway: Gateway,
  caller: AdminCaller,
  sourceId: string,
  actionId: string,
  wanted: Review,
): Promise<ConnectorTool> {
  const { organizationId } = caller;
  const source = await sourceById(gateway, organizationId, sourceId);
  const offered = {
    source,
    ...(await listAfresh(gateway, organizationId, source)),
    modes: await modesFor(gateway, organizationId, undefined),
  };
  const { tool, reviewed } = await reviewOffered(gateway, caller, offered, actionId, wanted);
  const { risk_level: riskLevel, found_risk: foundRisk, hash } = reviewed;
  gateway.log.info({ by: caller.userId, sourceId, actionId, riskLevel, foundRisk, hash }, 'action reviewed');
  return tool;
}

/** A connector's tool, reviewed by its server's name for it. Throws as `reviewAction` and `connectorTools`. */
export async function reviewTool(
  gateway: Gateway,
  caller: AdminCaller,
  connectorId: string,
  toolId: string,
  wanted: Review,
): Promise<ConnectorTool> {
  const offered = await offeredBy(gateway, caller, connectorId);
  const { tool, reviewed } = await reviewOffered(gateway, caller, offered, toolId, wanted);
  const { risk_level: riskLevel, found_risk: foundRisk, hash, reviewed_at: reviewedAt } = reviewed;
  const details = { riskLevel, foundRisk, hash, reviewedBy: caller.userId, reviewedAt };
  gateway.log.info({ connectorId, tool: toolId, ...details }, 'tool reviewed');
  return tool;
}

async function reviewOffered(
  gateway: Gateway,
  caller: AdminCaller,
  { source, definitions, omitted, modes }: Offered,
  actionId: string,
  wanted: Review,
): Promise<{ tool: ConnectorTool; reviewed: ReviewedActionRow }> {
  if (!source.reviewable) {
    throw new GatewayError('invalid_request', `The actions of ${source.displayName} are not reviewed.`);
  }
  const definition = findDefinition(source, { definitions, omitted }, actionId);
  if (!isWhatWasLookedAt(definition, wanted)) {
    throw new GatewayError(
      'conflict',
      `"${actionId}" has changed since you looked at it. Look again before you review it.`,
    );
  }
  const reviewed = await keep(gateway, caller, source, definition, wanted.riskLevel);
  return { tool: toTool(source.id, definition, modes, reviewed), reviewed };
}

/** A request without a hash looks at nothing, and takes the action as it is. */
function isWhatWasLookedAt(definition: ActionDefinition, looked: Review): boolean {
  return (
    (looked.hash === undefined || isHashOf(looked.hash, definition)) &&
    (looked.shownHash === undefined || looked.shownHash === shownHash(definition))
  );
}

/** In either version: what was reviewed long ago is shown in the first. */
function isHashOf(hash: string, definition: ActionDefinition): boolean {
  return hash === definitionHash(definition) || hash === definitionHash(definition, 1);
}

/** Pins the definition, and keeps it to be shown later. Throws `not_found` where the source has been removed meanwhile. */
async function keep(
  gateway: Gateway,
  { organizationId, userId }: AdminCaller,
  source: ActionSource,
  definition: ActionDefinition,
  riskLevel: Review['riskLevel'],
): Promise<ReviewedActionRow> {
  const { id, description, params } = definition;
  return gateway.store.write(async (tx) => {
    if (!(await holdSetUp(tx, organizationId, source.setUpBy)))
      throw notFound(source.setUpBy?.type ?? 'source');
    const row = {
      organization_id: organizationId,
      source_id: source.id,
      action_id: id,
      found_risk: riskBySource(definition),
      hash: pinnedHash(definition),
      description,
      params: JSON.stringify(params.jsonSchema),
      reviewed_by: userId,
      reviewed_at: gateway.clock(),
    };
    return putReview(tx, row, riskLevel);
  });
}

/** What people call one of a source's actions, by the setting that the source comes from. */
const nouns: Readonly<Record<SetUpBy['type'] | 'built in', string>> = {
  connector: 'tool on this connector',
  integration: 'action of this provider',
  'built in': 'action of this source',
};

function findDefinition(
  { setUpBy }: ActionSource,
  { definitions, omitted }: Offer,
  actionId: string,
): ActionDefinition {
  const definition = definitions.find((candidate) => candidate.id === actionId);
  if (definition !== undefined) return definition;
  const left = omitted.find(({ tool }) => tool === actionId);
  if (left !== undefined) throw new GatewayError('not_found', `"${actionId}" is left out: ${left.reason}.`);
  const known = definitions.map((candidate) => candidate.id);
  const noun = nouns[setUpBy?.type ?? 'built in'];
  const hint = didYouMean(actionId, known);
  if (hint === '') throw notFound(noun);
  const [one = '', ...where] = noun.split(' ');
  throw new GatewayError('not_found', `There is no ${one} "${actionId}" ${where.join(' ')}.${hint}`);
}
