import type { ConnectorTool, ReviewedDefinition } from '../../contract/connectors.ts';
import { modeKey } from '../../contract/mode-key.ts';
import type { Source, SourceAction } from '../../contract/sources.ts';
import { isoTime } from '../../lib/clock.ts';
import { parseJson } from '../../lib/json.ts';
import { resolveMode } from '../../policy/modes.ts';
import type { ActionDefinition } from '../../sources/action-source.ts';
import { readModes } from '../../store/action-modes.ts';
import { findAutomation } from '../../store/automations.ts';
import { listReviewedActions } from '../../store/reviewed-actions.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { sourcesOf } from './catalog.ts';
import { evaluate, type Modes } from './evaluate.ts';
import { definitionHash, shownHash } from './hashes.ts';
import { listAfresh } from './list-afresh.ts';

/** Every source of the organization, whether or not it answers; nothing is asked of any. */
export async function listSources(gateway: Gateway, caller: UserCaller): Promise<Source[]> {
  const sources = await sourcesOf(gateway, caller.organizationId);
  return sources.map(({ id, kind, displayName }) => ({ id, kind, displayName }));
}

/**
 * What a source offers now, with what policy says of each action for the organization, or for an automation.
 * Throws `not_found`, and `source_unavailable` with the reason.
 */
export async function sourceActions(
  gateway: Gateway,
  caller: UserCaller,
  sourceId: string,
  automationId?: string,
): Promise<SourceAction[]> {
  const { organizationId } = caller;
  const sources = await sourcesOf(gateway, organizationId);
  const source = sources.find((candidate) => candidate.id === sourceId);
  if (source === undefined) throw notFound('source');
  const modes = await modesFor(gateway, organizationId, automationId);
  const [definitions, reviewed] = await Promise.all([
    listAfresh(gateway, organizationId, source),
    reviewedDefinitions(gateway, organizationId, sourceId),
  ]);
  return definitions.map((definition) =>
    toSourceAction(sourceId, definition, modes, { reviewed: reviewed.get(definition.id), automationId }),
  );
}

interface Surroundings {
  readonly reviewed: ReviewedDefinition | undefined;
  readonly automationId: string | undefined;
}

/** An action on the wire, with what would hold if nothing were set for the organization, or for the automation. */
export function toSourceAction(
  sourceId: string,
  definition: ActionDefinition,
  modes: Modes,
  { reviewed, automationId }: Surroundings,
): SourceAction {
  const tool = toTool(sourceId, definition, modes, reviewed);
  return { ...tool, inherited: inheritedMode(sourceId, tool, modes, automationId) };
}

/** The modes that apply to an organization's action, or to an automation's. Throws `not_found` for one that is not theirs. */
export async function modesFor(
  gateway: Gateway,
  organizationId: string,
  automationId: string | undefined,
): Promise<Modes> {
  const { db } = gateway.store;
  const organizationModes = (await readModes(db, { table: 'organization', id: organizationId })) ?? {};
  if (automationId === undefined) return { organizationModes, automationModes: {} };
  const automation = await findAutomation(db, organizationId, automationId);
  if (automation === undefined) throw notFound('automation');
  const automationModes = (await readModes(db, { table: 'automations', id: automationId })) ?? {};
  return { organizationModes, automationModes };
}

/** What somebody looked at when they reviewed an action, by its id. */
export async function reviewedDefinitions(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<ReadonlyMap<string, ReviewedDefinition>> {
  const rows = await listReviewedActions(gateway.store.db, organizationId, sourceId);
  return new Map(
    rows.map(({ action_id, description, params, reviewed_by, reviewed_at }) => [
      action_id,
      { by: reviewed_by, at: isoTime(reviewed_at), description, params: parseJson(params) },
    ]),
  );
}

/** A definition on the wire, with what policy says of it and what somebody saw when they reviewed it. */
export function toTool(
  sourceId: string,
  definition: ActionDefinition,
  modes: Modes,
  reviewed: ReviewedDefinition | undefined,
): ConnectorTool {
  const { riskLevel, riskSource, mode, modeSource, drifted } = evaluate(sourceId, definition, modes);
  return {
    id: definition.id,
    description: definition.description,
    riskLevel,
    riskSource,
    mode,
    modeSource,
    hash: definitionHash(definition),
    shownHash: shownHash(definition),
    reviewedHash: definition.reviewedHash,
    drifted,
    reviewed: reviewed ?? null,
    params: definition.params.jsonSchema,
  };
}

/** What would hold without the map that is looked at. */
function inheritedMode(
  sourceId: string,
  { id, riskLevel, drifted }: ConnectorTool,
  { organizationModes }: Modes,
  automationId: string | undefined,
): SourceAction['inherited'] {
  const { mode, modeSource } = resolveMode({
    key: modeKey(sourceId, id),
    automationModes: {},
    organizationModes: automationId === undefined ? {} : organizationModes,
    riskLevel,
    drifted,
  });
  return { mode, modeSource };
}
