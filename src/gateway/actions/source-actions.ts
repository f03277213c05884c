import type { ConnectorTool, ReviewedDefinition } from '../../contract/connectors.ts';
import type { Source, SourceAction, SourceActionsAnswer } from '../../contract/sources.ts';
import { isoTime } from '../../lib/clock.ts';
import { mapInTurns } from '../../lib/in-turns.ts';
import { parseJson } from '../../lib/json.ts';
import { resolveMode } from '../../policy/modes.ts';
import { modeKey } from '../../shared/mode-key.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';
import { readModes } from '../../store/action-modes.ts';
import { findAutomation } from '../../store/automations.ts';
import { listReviewedActions } from '../../store/reviewed-actions.ts';
import type { ReviewedActionRow } from '../../store/tables.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { sourceOf, sourcesOf } from './catalog.ts';
import { evaluate, type Modes } from './evaluate.ts';
import { hashesOf, shownHash } from './hashes.ts';
import { listAfresh } from './list-afresh.ts';
import { toReview } from './reviews.ts';

/** Every source of the organization, whether or not it answers; nothing is asked of any. */
export async function listSources(gateway: Gateway, caller: UserCaller): Promise<Source[]> {
  const sources = await sourcesOf(gateway, caller.organizationId);
  return sources.map(toSource);
}

/** A source on the wire. */
export function toSource({ id, kind, displayName, reviewable, setUpBy }: ActionSource): Source {
  return { id, kind, displayName, reviewable, setUpBy };
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
): Promise<SourceActionsAnswer> {
  const { organizationId } = caller;
  const source = await sourceById(gateway, organizationId, sourceId);
  const modes = await modesFor(gateway, organizationId, automationId);
  const [{ definitions, omitted }, reviewOf] = await Promise.all([
    listAfresh(gateway, organizationId, source),
    reviewedActionsOf(gateway, organizationId, sourceId),
  ]);
  const actions = await mapInTurns(definitions, (definition) =>
    toSourceAction(sourceId, definition, modes, { reviewed: reviewOf(definition.id), automationId }),
  );
  return { actions, omitted: [...omitted] };
}

interface Surroundings {
  readonly reviewed: ReviewedActionRow | undefined;
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

/** Throws `not_found`. */
export async function sourceById(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<ActionSource> {
  const source = await sourceOf(gateway, organizationId, sourceId);
  if (source === undefined) throw notFound('source');
  return source;
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

/** Looks the reviews of a source's actions up, with what was looked at. */
export async function reviewedActionsOf(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<(actionId: string) => ReviewedActionRow | undefined> {
  const rows = await listReviewedActions(gateway.store.db, organizationId, sourceId);
  const byAction = new Map(rows.map((row) => [row.action_id, row]));
  return (actionId) => byAction.get(actionId);
}

/** A definition on the wire, with what policy says of it and what somebody saw when they reviewed it. */
export function toTool(
  sourceId: string,
  definition: ActionDefinition,
  modes: Modes,
  reviewed: ReviewedActionRow | undefined,
): ConnectorTool {
  const review = reviewed && toReview(reviewed);
  const { riskLevel, riskSource, mode, modeSource, drifted } = evaluate({
    sourceId,
    definition,
    review,
    modes,
  });
  const { was, is } = hashesOf(review?.hash, definition);
  return {
    id: definition.id,
    description: definition.description,
    riskLevel,
    riskSource,
    mode,
    modeSource,
    hash: is,
    shownHash: shownHash(definition),
    reviewedHash: was,
    drifted,
    reviewed: (reviewed && lookedAt(reviewed)) ?? null,
    params: definition.params.jsonSchema,
    unchecked: [...(definition.params.unchecked ?? [])],
  };
}

/** What somebody had before them; `undefined` for a review that is older than the record of that. */
function lookedAt({
  description,
  params,
  reviewed_by,
  reviewed_at,
}: ReviewedActionRow): ReviewedDefinition | undefined {
  const schema = parseJson(params);
  return schema === null
    ? undefined
    : { by: reviewed_by, at: isoTime(reviewed_at), description, params: schema };
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
