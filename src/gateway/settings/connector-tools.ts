import type { ConnectorToolsAnswer } from '../../contract/connectors.ts';
import { mapInTurns } from '../../lib/in-turns.ts';
import type { ActionSource } from '../../sources/action-source.ts';
import { connectorSourceId } from '../../sources/mcp/mcp-sources.ts';
import { sourceOf } from '../actions/catalog.ts';
import type { Modes } from '../actions/evaluate.ts';
import { listAfresh, type Offer } from '../actions/list-afresh.ts';
import { modesFor, reviewedActionsOf, toTool } from '../actions/source-actions.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { connectorRow } from './connectors.ts';

/**
 * A connector's tools as they are now, asked afresh, with what policy says of each for the organization.
 * Throws `not_found`, `conflict` where it is switched off, `source_unavailable` with the reason.
 */
export async function connectorTools(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
): Promise<ConnectorToolsAnswer> {
  const { source, definitions, omitted, modes } = await offeredBy(gateway, caller, id);
  const reviewOf = await reviewedActionsOf(gateway, caller.organizationId, source.id);
  const tools = await mapInTurns(definitions, (definition) =>
    toTool(source.id, definition, modes, reviewOf(definition.id)),
  );
  return { tools, omitted: [...omitted] };
}

export interface Offered extends Offer {
  readonly source: ActionSource;
  readonly modes: Modes;
}

/** What a connector offers, and the modes of the organization. Throws as `connectorTools`. */
export async function offeredBy(gateway: Gateway, caller: AdminCaller, id: string): Promise<Offered> {
  const row = await connectorRow(gateway, caller, id);
  if (row.enabled !== 1) {
    throw new GatewayError(
      'conflict',
      `The connector "${row.name}" is switched off. Enable it to see its tools.`,
    );
  }
  const source = await sourceOfConnector(gateway, caller.organizationId, id);
  const [offer, modes] = await Promise.all([
    listAfresh(gateway, caller.organizationId, source),
    modesFor(gateway, caller.organizationId, undefined),
  ]);
  return { source, ...offer, modes };
}

async function sourceOfConnector(
  gateway: Gateway,
  organizationId: string,
  id: string,
): Promise<ActionSource> {
  const source = await sourceOf(gateway, organizationId, connectorSourceId(id));
  if (source === undefined)
    throw new GatewayError('conflict', 'The connector was changed at the same moment. Try again.');
  return source;
}
