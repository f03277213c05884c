import {
  type Connector,
  type ConnectorBody,
  type ConnectorPatch,
  connectorAuth,
  connectorTransport,
} from '../../contract/connectors.ts';
import { isoTime } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import { parseJson } from '../../lib/json.ts';
import { connectorSourceId } from '../../sources/mcp/mcp-sources.ts';
import * as store from '../../store/connectors.ts';
import { deleteReviewedActions } from '../../store/reviewed-actions.ts';
import type { ConnectorRow } from '../../store/tables.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { refuseNamesTwice, refuseSettings } from './connector-settings.ts';

/** Throws `invalid_request` for a local command where configuration forbids them, `conflict` for a name that is taken. */
export async function createConnector(
  gateway: Gateway,
  caller: AdminCaller,
  wanted: ConnectorBody,
): Promise<Connector> {
  refuseSettings(gateway.connectorAccess, wanted);
  const now = gateway.clock();
  const row: ConnectorRow = {
    id: newId(),
    organization_id: caller.organizationId,
    name: wanted.name,
    transport: JSON.stringify(wanted.transport),
    auth: JSON.stringify(wanted.auth),
    default_risk: wanted.defaultRisk,
    enabled: wanted.enabled ? 1 : 0,
    created_at: now,
    updated_at: now,
  };
  const inserted = await gateway.store.write((tx) => store.insertConnector(tx, row));
  if (inserted === null) throw nameTaken(wanted.name);
  gateway.log.info({ by: caller.userId, connectorId: row.id, name: row.name }, 'connector added');
  return toConnector(inserted);
}

export async function listConnectors(gateway: Gateway, caller: AdminCaller): Promise<Connector[]> {
  return (await store.listConnectors(gateway.store.db, caller.organizationId)).map(toConnector);
}

/** Throws `not_found`. */
export async function getConnector(gateway: Gateway, caller: AdminCaller, id: string): Promise<Connector> {
  return toConnector(await connectorRow(gateway, caller, id));
}

/** Changes what is given and keeps the rest, reviews included. Throws as `createConnector`, and `not_found`. */
export async function updateConnector(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
  patch: ConnectorPatch,
): Promise<Connector> {
  refuseSettings(gateway.connectorAccess, patch);
  const { organizationId } = caller;
  const updated = await gateway.store.write(async (tx) => {
    if (patch.name !== undefined && (await store.connectorNameTaken(tx, organizationId, patch.name, id))) {
      throw nameTaken(patch.name);
    }
    const row = await store.updateConnector(tx, organizationId, id, {
      ...toChange(patch),
      updated_at: gateway.clock(),
    });
    // A change of one may not fit what is there of the other; throwing takes the change back.
    if (row !== undefined && (patch.auth ?? patch.transport) !== undefined)
      refuseNamesTwice(toConnector(row));
    return row;
  });
  if (updated === undefined) throw notFound('connector');
  gateway.log.info({ by: caller.userId, connectorId: id }, 'connector changed');
  return toConnector(updated);
}

/** Throws `not_found`. What was done through it stays on record. */
export async function deleteConnector(gateway: Gateway, caller: AdminCaller, id: string): Promise<void> {
  const deleted = await gateway.store.write(async (tx) => {
    // The connector first: a review at the same moment waits for it, and then finds none.
    const found = await store.deleteConnector(tx, caller.organizationId, id);
    await deleteReviewedActions(tx, caller.organizationId, connectorSourceId(id));
    return found;
  });
  if (!deleted) throw notFound('connector');
  gateway.log.info({ by: caller.userId, connectorId: id }, 'connector removed');
}

export async function connectorRow(gateway: Gateway, caller: AdminCaller, id: string): Promise<ConnectorRow> {
  const row = await store.findConnector(gateway.store.db, caller.organizationId, id);
  if (row === undefined) throw notFound('connector');
  return row;
}

function toChange(patch: ConnectorPatch): store.ConnectorChange {
  return {
    ...(patch.name !== undefined && { name: patch.name }),
    ...(patch.transport !== undefined && { transport: JSON.stringify(patch.transport) }),
    ...(patch.auth !== undefined && { auth: JSON.stringify(patch.auth) }),
    ...(patch.defaultRisk !== undefined && { default_risk: patch.defaultRisk }),
    ...(patch.enabled !== undefined && { enabled: patch.enabled ? 1 : 0 }),
  };
}

function nameTaken(name: string): GatewayError {
  return new GatewayError('conflict', `There is a connector "${name}" already. Choose another name.`);
}

function toConnector(row: ConnectorRow): Connector {
  return {
    id: row.id,
    organizationId: row.organization_id,
    sourceId: connectorSourceId(row.id),
    name: row.name,
    transport: connectorTransport.parse(parseJson(row.transport)),
    auth: connectorAuth.parse(parseJson(row.auth)),
    defaultRisk: row.default_risk,
    enabled: row.enabled === 1,
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
  };
}
